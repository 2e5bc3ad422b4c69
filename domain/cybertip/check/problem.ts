import type { RuleId } from "../rules/table.ts";

/** Something that is wrong, or worth a second look, in a document. Never carries what somebody wrote. */
export interface Problem {
  /** JSON pointer to the field, RFC 6901. Empty for the whole document. */
  readonly pointer: string;
  readonly rule: RuleId;
  /** `error`: the service would refuse it. `warning`: it would not. */
  readonly severity: "error" | "warning";
  /** The field in plain words: `Person reported 1 › E-mail 2`. */
  readonly field: string;
  /** What is wrong and what to do, as a sentence. */
  readonly message: string;
}

/** Whether a document would be refused. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((one) => one.severity === "error");
}
