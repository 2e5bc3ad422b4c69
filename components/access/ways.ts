import type { AccessOption } from "../../contracts/triage.ts";
import { REQUIREMENTS } from "../../domain/accessPolicy.ts";
import { PURPOSES, type Purpose, SCOPES, type Scope } from "../../domain/vocabulary.ts";

/** Work on a case of one's own. The database decides (access.needs_claim); this only says which form to offer where. */
const CLAIM_PURPOSES: readonly Purpose[] = [
  "user_report_review",
  "automated_flag_review",
  "child_safety_report",
];
export const needsClaim = (purpose: Purpose): boolean => CLAIM_PURPOSES.includes(purpose);

type Option = AccessOption;

/** Automatic for a threat to life means break-glass: loud, and on a path of its own. */
const isGlass = (option: Option): boolean =>
  option.purpose === "threat_to_life" && option.requirement === "automatic";

/** The scopes that open at once by breaking the glass. */
export function glassScopes(options: readonly Option[]): Scope[] {
  return SCOPES.filter((scope) => options.some((option) => isGlass(option) && option.scope === scope));
}

/** What may be asked for in words: never-rules and the glass left out; the claim's purposes only for who holds it. */
export function openWays(options: readonly Option[], claimed: boolean): Option[] {
  return options.filter(
    (option) =>
      option.requirement !== "never" && !isGlass(option) && (claimed || !needsClaim(option.purpose)),
  );
}

const rank = (option: Option): number => REQUIREMENTS.indexOf(option.requirement);

/** Purposes of these ways, the easiest first, then in the order of the list. */
export function purposesOf(ways: readonly Option[]): Purpose[] {
  const easiest = (purpose: Purpose): number =>
    Math.min(...ways.filter((way) => way.purpose === purpose).map(rank));
  return PURPOSES.filter((purpose) => ways.some((way) => way.purpose === purpose)).sort(
    (a, b) => easiest(a) - easiest(b),
  );
}

/** How this opens; undefined when it does not. */
export function wayOf(
  ways: readonly Option[],
  purpose: Purpose | null | undefined,
  scope: Scope,
): Option | undefined {
  return ways.find((way) => way.purpose === purpose && way.scope === scope);
}

/** The purpose to begin with: what was chosen, the preset's, else the easiest that covers the flagged window. */
export function firstPurpose(
  ways: readonly Option[],
  wanted: readonly (Purpose | null)[],
): Purpose | undefined {
  const offered = purposesOf(ways);
  return (
    wanted.find((purpose): purpose is Purpose => purpose !== null && offered.includes(purpose)) ??
    offered.find((purpose) => wayOf(ways, purpose, "flagged_window")) ??
    offered[0]
  );
}
