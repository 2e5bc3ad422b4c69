import type { ComplexType, DraftOf, ValueOf } from "../model/kinds.ts";
import type { Path } from "../pointer.ts";
import type { RuleId } from "./table.ts";

export interface Around {
  /** The moment of checking. */
  readonly now: Date;
  /** Whether the report is a batch. */
  readonly batched: boolean;
}

/** Says that something is wrong, where (below what is being checked), and what to do. */
export type Report = (rule: RuleId, at: Path, message: string) => void;

/** A check of one type, wherever a document holds it. */
export interface Rule {
  readonly type: ComplexType;
  readonly check: (value: unknown, report: Report, around: Around) => void;
}

/**
 * A rule of the documentation about one type. It is asked only where the shape below is right, so it may trust the
 * types; nothing has to be there, though.
 */
export function ruleOn<T extends ComplexType>(
  type: T,
  check: (value: DraftOf<ValueOf<T>>, report: Report, around: Around) => void,
): Rule {
  return {
    type,
    check: (value, report, around) => check(value as DraftOf<ValueOf<T>>, report, around),
  };
}
