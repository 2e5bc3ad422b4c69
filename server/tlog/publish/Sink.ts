import type { Query } from "../../../db/auditSession.ts";
import type { Head } from "../sequencer/readTree.ts";

/** A place outside this house that checkpoints are pushed to. */
export type Sink = {
  readonly name: string;
  readonly kind: "witness" | "folder" | "timestamp";
  /** How long to wait after a delivery. */
  readonly everyMs: number;
  /**
   * Delivers a checkpoint and keeps what came back, after verifying it.
   *
   * @param lastSize what this sink took last; null when nothing
   * @param signal aborts when the time is over
   * @throws SinkFailure with what went wrong
   */
  deliver(query: Query, head: Head, lastSize: number | null, signal: AbortSignal): Promise<void>;
};

/** What can go wrong with a sink, in words that staff see. */
export type SinkProblem =
  | "timed-out"
  | "unreachable"
  /** It answered something that it may not. */
  | "bad-answer"
  /** It does not know this log (404), or not its key (403). */
  | "unknown-log"
  | "unknown-key"
  /** It says that the log does not go on from what it saw: alarm. */
  | "inconsistent"
  /** It has seen a longer log than ours: alarm. */
  | "ahead"
  | "bad-signature"
  /** What stands there already is another checkpoint of this size: alarm. */
  | "differs"
  /** The time-stamp is of another time. */
  | "clock-differs"
  /** It refused; its status says why. */
  | "refused"
  | "cannot-write";

export class SinkFailure extends Error {
  override readonly name = "SinkFailure";
  readonly code: SinkProblem;

  constructor(code: SinkProblem) {
    super(`A checkpoint could not be delivered: ${code}.`);
    this.code = code;
  }
}
