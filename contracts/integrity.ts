import { z } from "zod";
import { INTEGRITY_FINDING_NAMES } from "../domain/integrityFindings.ts";
import { id, instant, staffRef } from "./triage.ts";

const count = z.number().int().nonnegative();

/** How the log is, in figures. Carries nothing of any event. */
export const logState = z.object({
  /** A reveal waits until its leaf is under a signed checkpoint. */
  strict: z.boolean(),
  /** Leaves without a place yet, counted to 100,000. */
  waiting: count,
  waitingSince: instant.nullable(),
  /** The database's clock, for ages. */
  now: instant,
  sequencer: z.object({
    state: z.enum(["never", "running", "stopped"]),
    problem: z.string().nullable(),
    since: instant,
    seenAt: instant,
    instance: z.string().nullable(),
  }),
  /** The newest signed checkpoint; the root in hex. */
  head: z.object({ size: count, root: z.string(), signedAt: instant }).nullable(),
  keys: z.array(
    z.object({
      vkey: z.string(),
      addedAt: instant,
      addedSize: count,
      afterLoss: z.boolean(),
      endedAt: instant.nullable(),
    }),
  ),
  sinks: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(["witness", "folder", "timestamp"]),
      lastSize: count.nullable(),
      deliveredAt: instant.nullable(),
      triedAt: instant.nullable(),
      /** In a row. */
      failures: count,
      problem: z.string().nullable(),
      nextTryAt: instant.nullable(),
    }),
  ),
});
export type LogState = z.infer<typeof logState>;

/** Where something was found: a place of the log counted from 0, an event, the size of a checkpoint. */
export const foundAt = z.object({
  index: count.optional(),
  eventId: id.optional(),
  size: count.optional(),
});

/** What a check of the log looked at, and what it found. Nothing found: the log is sound. */
export const verificationResult = z.object({
  size: count,
  /** Of the newest checkpoint, hex; null while nothing is signed. */
  root: z.string().nullable(),
  leaves: count,
  events: count,
  checkpoints: count,
  tiles: count,
  /** Leaves that had no place yet when it ended. */
  waiting: count,
  /** Events of which a reason, particulars or an address was erased; their leaves are whole. */
  forgotten: count,
  seconds: z.number(),
  findings: z.array(
    z.object({ kind: z.enum(INTEGRITY_FINDING_NAMES), count, first: z.array(foundAt).max(5) }),
  ),
});
export type VerificationResult = z.infer<typeof verificationResult>;

export const verification = z.object({
  id,
  /** broken: it could not be finished; nothing is known. */
  state: z.enum(["waiting", "running", "sound", "unsound", "cancelled", "broken"]),
  phase: z.enum(["leaves", "events"]).nullable(),
  done: count,
  total: count,
  askedBy: staffRef,
  askedAt: instant,
  endedAt: instant.nullable(),
  result: verificationResult.nullable(),
});
export type Verification = z.infer<typeof verification>;

/** GET /api/integrity. The newest check first, at most ten. */
export const integrity = z.object({
  log: logState,
  /** What is pushed to a SIEM, and how many leaves it is behind. */
  feeds: z.array(
    z.object({
      name: z.string(),
      lag: count,
      deliveredAt: instant.nullable(),
      failures: count,
      problem: z.string().nullable(),
      nextTryAt: instant.nullable(),
    }),
  ),
  verifications: z.array(verification),
});
export type Integrity = z.infer<typeof integrity>;

/** POST /api/integrity/verifications: `started` is false when one was under way, which is then meant. */
export const verificationAsked = z.object({ id, started: z.boolean() });
export type VerificationAsked = z.infer<typeof verificationAsked>;
