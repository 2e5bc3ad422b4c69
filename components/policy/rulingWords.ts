import type { SimulateResult } from "../../contracts/accessPolicy.ts";
import type { Role } from "../../domain/vocabulary.ts";
import { minutesWords, subjectWords } from "../access/words.ts";
import { counted, ROLE_WORDS } from "../words.ts";

type Ruling = NonNullable<SimulateResult["ruling"]>;

const HOW: Record<Ruling["requirement"], string> = {
  automatic: "could open it at once, with a reason",
  ticket: "could open it at once, with a reason and a ticket",
  one_approver: "could open it after one other person has approved",
  two_approvers: "could open it after two other people have approved",
  never: "could not open it",
};

/** What a ruling means, in one sentence. A threat to life that opens at once is break-glass. */
export function rulingSays(ruling: Ruling, glass: boolean): string {
  const how =
    glass && ruling.requirement === "automatic"
      ? "could open it at once by breaking the glass: every officer is told, and one reviews it"
      : HOW[ruling.requirement];
  if (ruling.requirement === "never" || ruling.minutes === null || ruling.viewLimit === null)
    return `${how}.`;
  return `${how}, for ${minutesWords(ruling.minutes)} and ${counted(ruling.viewLimit, "view")}.`;
}

/** Why: the rule that decided, among which others. */
export function rulingBecause(ruling: Ruling, roles: readonly Role[], subjects: readonly string[]): string {
  if (!ruling.rule) return "There is no rule for one of the subjects, and what has no rule is refused.";
  const { role, subject } = ruling.rule;
  return [
    `The rule for ${ROLE_WORDS[role].toLowerCase()} about “${subjectWords(subject).toLowerCase()}” decides.`,
    roles.length > 1 ? "Of several roles the mildest rule counts." : "",
    subjects.length > 1 ? "Of several subjects the strictest counts." : "",
  ]
    .filter(Boolean)
    .join(" ");
}
