import { DUE_RULES } from "../../domain/legal/clocks.ts";
import { CONTENT_TYPES, NOTHING_TYPES } from "../../domain/legal/matrix.ts";
import type { DataCategory, RequestType, VerificationNeed } from "../../domain/legal/vocabulary.ts";

/** Why a request is due then; of a rule that this page does not know yet, its name. */
export function dueRuleWords(rule: string): string {
  const known: Readonly<Record<string, { readonly words: string }>> = DUE_RULES;
  return known[rule]?.words ?? rule.replaceAll("_", " ");
}

type Asked = {
  readonly type: RequestType;
  readonly emergency: boolean;
  readonly categories: readonly DataCategory[];
  /** What the type gives by itself. */
  readonly most: DataCategory | null;
};

/** What will have to be on record before anything is given; `legal.verification_needs` in the database decides. */
export function needsOf({ type, emergency, categories, most }: Asked): VerificationNeed[] {
  if (NOTHING_TYPES.includes(type) && type !== "mlat" && type !== "pen_trap") return [];
  if (type === "consent") return ["identity", "second_person"];
  if (emergency) return ["agency", "call_back", "second_person"];
  if (categories.includes("content") && most === "content" && CONTENT_TYPES.includes(type))
    return ["agency", "document", "call_back"];
  return ["agency", "document", "sender"];
}
