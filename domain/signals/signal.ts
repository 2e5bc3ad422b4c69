/** What the detectors of misuse give and what officers conclude. Numbers and words of ours; no content, no names. */

/** Every detector, with the words it is called by. Fixed names: they stand in the log. */
export const DETECTORS = {
  volume: "Far more cases than colleagues",
  hours: "At hours when the queue rests",
  same_participant: "The same account again and again",
  skew: "A kind of participant picked out",
  undecided: "Opened and not decided",
  contact_graph: "From account to account",
  outside_queue: "Outside their own queues",
  lookups: "Looked before asking",
  denials: "Refused again and again",
  exports: "Exports of the log",
  searches: "Searches of the log",
  review: "Found in a review",
} as const;
export type Detector = keyof typeof DETECTORS;
export const DETECTOR_NAMES = Object.keys(DETECTORS) as Detector[];

export const CONCLUSIONS = ["explained", "misuse", "false_signal"] as const;
export type Conclusion = (typeof CONCLUSIONS)[number];

export const VERDICTS = ["appropriate", "questionable", "misuse"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const REVIEW_KINDS = [
  "sampled",
  "break_glass",
  "signal",
  "watch_list",
  "officer_search",
  "officer_export",
] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

/** A span of time: from this instant up to, and without, that one. RFC 3339, UTC. */
export interface Span {
  readonly from: string;
  readonly until: string;
}

/** What one detector found about one person. */
export interface Finding extends Span {
  readonly subject: string;
  readonly detector: Detector;
  readonly version: number;
  /** What it is about: the same again joins its open signal. */
  readonly pattern: string;
  /** 1 low · 2 medium · 3 high · 4 critical */
  readonly severity: number;
  readonly numbers: Readonly<Record<string, number | string>>;
  /** The numbers in plain words. */
  readonly explanation: string;
  /** How many new views or events raise it again once it was concluded. */
  readonly newEvidence: number;
  readonly views?: readonly string[];
  readonly events?: readonly string[];
}

/**
 * The chance that a detector may raise anything at all about a month's worth of honest people on one day, by chance alone.
 * Shared out among everything it judges on that day (Bonferroni), so it holds however these depend on each other.
 */
export const FAMILY_CHANCE = 0.001;

/** Whether a tail is small enough when this many were looked at. */
export const isRare = (tail: number, looked: number, chance = FAMILY_CHANCE): boolean =>
  tail * Math.max(1, looked) <= chance;

/** The rarer and the larger, the graver. */
export function severityOf(tail: number, times: number): number {
  if (tail < 1e-12 && times >= 4) return 4;
  if (tail < 1e-8 || times >= 4) return 3;
  return 2;
}
