import type { FailureCause } from "./causes.ts";

export const STEP_KINDS = ["submit", "upload", "fileinfo", "finish", "retract"] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** One call to the service: `begun` is on record before it is made, how it ended afterwards. */
export interface LedgerStep {
  readonly kind: StepKind;
  /** The number of the file in the report; null for calls about the report itself. */
  readonly fileNo: number | null;
  /** `begun`: whoever made the call has not come to say how it ended. */
  readonly state: "begun" | "accepted" | "refused" | "failed";
  readonly begunAt: Date;
  readonly endedAt: Date | null;
  /** The service's response code, where it gave one. */
  readonly code: number | null;
  /** Whether the service may have done it nevertheless. */
  readonly inDoubt: boolean;
  readonly cause: FailureCause | null;
  /** What the service calls the file. */
  readonly fileId: string | null;
  /** Whether what the service received is what was sent; null for anything but an upload. */
  readonly intact: boolean | null;
}

export const ATTEMPT_STATES = ["open", "finished", "retracted", "gone", "stopped"] as const;

/** One report at the service: from its opening to its finishing, its retraction or its disappearance. */
export interface LedgerAttempt {
  readonly n: number;
  /** `gone`: never came to be as far as we know, or deleted by the service. `stopped`: a person found out what became of it. */
  readonly state: (typeof ATTEMPT_STATES)[number];
  readonly openedAt: Date;
  /** The service's number of it; null until it gave one. */
  readonly reportId: string | null;
  readonly submittedAt: Date | null;
  /** The last upload or file details that the service took. */
  readonly lastChangeAt: Date | null;
  /** In the order in which they were begun. */
  readonly steps: readonly LedgerStep[];
}

/** Everything that was done to file one report. */
export interface Ledger {
  /** When a person last asked for it to be filed, or tried again. */
  readonly since: Date;
  /** Whether a person asked for it to be stopped. */
  readonly stopAsked: boolean;
  /** In order. At most one is open, at most one is finished, and it is the last. */
  readonly attempts: readonly LedgerAttempt[];
}
