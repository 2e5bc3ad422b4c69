/** The closed lists of reports. The database holds the same as constraints and a test compares the two. */

/** How a report stands with us. */
export const REPORT_STATES = [
  "draft",
  "waiting",
  "approved",
  "filing",
  "filed",
  "withdrawn",
  "stuck",
] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** States in which a report is still to be filed. */
export const OPEN_STATES: readonly ReportState[] = ["draft", "waiting", "approved", "filing", "stuck"];

export const REPORT_KINDS = ["report", "supplement", "batch"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** By us, over the wire; or by somebody who took the export to NCMEC's own form. */
export const FILING_WAYS = ["live", "by_hand"] as const;
export type FilingWay = (typeof FILING_WAYS)[number];

export const ENVIRONMENTS = ["production", "test", "local"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export const HOLD_KINDS = ["preservation", "extension", "law_enforcement"] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** As what an account is named in a report. */
export const ACCOUNT_PARTS = ["reported", "recipient", "victim"] as const;
export type AccountPart = (typeof ACCOUNT_PARTS)[number];

/** What a person has to do next with a report. */
export const NEXT_STEPS = [
  "write",
  "mend",
  "hand_in",
  "approve",
  "file",
  "wait",
  "look_into",
  "none",
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];
