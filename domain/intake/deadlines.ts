import type { Category, Severity, Source } from "../vocabulary.ts";

const MINUTES: Record<Severity, number> = { low: 72 * 60, medium: 24 * 60, high: 4 * 60, critical: 60 };

/** Categories that are never left for a day, however mild the flag. */
const PRESSING: readonly Category[] = ["child_safety", "self_harm", "threats"];

/**
 * How many minutes after its arrival a flag should be decided. A case is due when the first of its flags is.
 *
 * Trusted flaggers go before others (Regulation (EU) 2022/2065, Article 22 (1)): half the time.
 */
export function dueMinutes(flag: {
  severity: Severity;
  category: Category;
  source: Source;
  minorInvolved: boolean;
}): number {
  const usual = MINUTES[flag.severity];
  const pressing = PRESSING.includes(flag.category) ? Math.min(usual, 12 * 60) : usual;
  const halves = (flag.source === "trusted_flagger" ? 1 : 0) + (flag.minorInvolved ? 1 : 0);
  return Math.max(15, Math.floor(pressing / 2 ** halves));
}
