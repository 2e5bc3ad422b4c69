import type { Category, Severity, Source } from "../vocabulary.ts";

const BY_SEVERITY: Record<Severity, number> = { low: 100, medium: 300, high: 600, critical: 900 };

/** A person's report and a certain match before a machine's guess. */
const BY_SOURCE: Record<Source, number> = {
  trusted_flagger: 80,
  user_report: 60,
  hash_match: 60,
  classifier: 20,
  keyword: 0,
  staff: 0,
};

/** Harm that grows by the hour goes first among equals. */
const BY_CATEGORY: Partial<Record<Category, number>> = {
  child_safety: 90,
  self_harm: 90,
  threats: 70,
  violent_extremism: 60,
};

/** What a case gains by each further flag on its thread, beside what that flag itself is worth. */
export const JOIN_GAIN = 25;
export const PRIORITY_CAP = 1_000_000;

/**
 * How urgent a flag is by itself. Higher is sooner; whole numbers only.
 *
 * @param flag confidence counts for half a step at most, so that a sure guess never outruns a graver flag
 */
export function flagPriority(flag: {
  severity: Severity;
  source: Source;
  category: Category;
  confidence: number | null;
  minorInvolved: boolean;
}): number {
  return (
    BY_SEVERITY[flag.severity] +
    BY_SOURCE[flag.source] +
    (BY_CATEGORY[flag.category] ?? 0) +
    (flag.minorInvolved ? 40 : 0) +
    Math.round((flag.confidence ?? 0.5) * 20)
  );
}

/**
 * The priority of a case after another flag joined it: strictly higher than before, until the cap.
 * The database computes the same in closed form (`intake.joined_priority`), and a test holds the two together.
 */
export function joinPriority(current: number, flag: number): number {
  return Math.min(Math.max(current, flag) + JOIN_GAIN, PRIORITY_CAP);
}
