import { z } from "zod";
import { HOLD_STATES, LEGAL_HOLD_KINDS } from "../../domain/legal/holdWords.ts";
import { id, instant, staffRef, written } from "../triage.ts";

const count = z.number().int();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A hold: what is kept of whom, until when. Metadata; neither accounts nor content. */
export const holdRow = z.object({
  id,
  requestId: id,
  requestNumber: count,
  kind: z.enum(LEGAL_HOLD_KINDS),
  /** By the clock: `lapsed` is true the moment that `until` has passed. */
  state: z.enum(HOLD_STATES),
  accounts: count,
  /** What was sent between these; null: open on that side. */
  rangeFrom: instant.nullable(),
  rangeTo: instant.nullable(),
  /** From when. */
  from: instant,
  /** Null: until it is released. */
  until: instant.nullable(),
  /** A hold without an end is looked at by then. */
  reviewDueAt: instant.nullable(),
  renewals: count,
  /** Null: without limit. */
  renewalsLeft: count.nullable(),
  /** What a renewal would come to, when one is possible now. */
  nextUntil: instant.nullable(),
  /** Counted when it was made. */
  frozen: z.object({
    threads: count,
    /** Of those, threads outside the reader's regions. */
    outOfRegions: count,
    messages: count,
    /** Of the messages, those in range. The rest of a held thread is kept with them. */
    inRange: count,
    attachments: count,
    participants: count,
    keys: count,
  }),
  /** Threads that came under it later. */
  arrived: count,
  hashing: z.object({ done: count, total: count, finishedAt: instant.nullable() }),
  /** The last comparison with what was frozen. */
  check: z
    .object({
      askedAt: instant,
      finishedAt: instant.nullable(),
      done: count,
      total: count,
      /** Threads that are not as they were frozen. Anything but 0 is to be looked into. */
      differing: count,
    })
    .nullable(),
  reason: z.string(),
  reference: z.string().nullable(),
  /** Null: by the collection. */
  madeBy: staffRef.nullable(),
  madeAt: instant,
  /** European preservation: the order to produce that was confirmed. It lasts as long as that needs. */
  production: z.object({ requestId: id, number: count }).nullable(),
  releaseAsked: z.object({ by: staffRef, at: instant, reason: z.string() }).nullable(),
  released: z.object({ by: staffRef, at: instant, reason: z.string() }).nullable(),
  /** Days left at which it was last called to mind (30, 7, 1), or 0 when it has lapsed. */
  reminded: count.nullable(),
  /** Erasures that wait for this hold. */
  erasuresWaiting: count,
  may: z.object({
    renew: z.boolean(),
    /** Ask for its release, or release it where no second counsel is needed. */
    release: z.boolean(),
    /** Answer what another counsel asked. */
    confirmRelease: z.boolean(),
    callOffRelease: z.boolean(),
    check: z.boolean(),
    confirmProduction: z.boolean(),
    review: z.boolean(),
  }),
});
export type HoldRow = z.infer<typeof holdRow>;

/** GET /api/holds: those that end first come first; lapsed and released ones last. */
export const holdsQuery = z.strictObject({
  state: z.enum(HOLD_STATES).optional(),
  /** Those that end, or are to be reviewed, within so many days. */
  due: z.coerce.number().int().min(1).max(365).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type HoldsQuery = z.output<typeof holdsQuery>;
export const holdsPage = z.object({
  holds: z.array(holdRow),
  nextCursor: z.string().nullable(),
  counts: z.object({
    live: count,
    due30: count,
    due7: count,
    due1: count,
    reviewDue: count,
    releaseAsked: count,
  }),
});
export type HoldsPage = z.infer<typeof holdsPage>;

/** GET /api/lawful-requests/:id/holds, newest first. */
export const requestHolds = z.object({
  holds: z.array(holdRow),
  /** Accounts of the request that no live hold of it names. */
  accountsNotHeld: count,
  /** The kinds that the reader may make now. */
  mayMake: z.array(z.enum(LEGAL_HOLD_KINDS)),
});
export type RequestHolds = z.infer<typeof requestHolds>;

/**
 * POST /api/lawful-requests/:id/holds. Freezes at once, in one transaction. Of a kind with a clock (`2703f`, `epoc_pr`,
 * `yearly`), an account is held once a request: a further hold takes the accounts that were added since.
 */
export const makeHoldRequest = z.strictObject({
  kind: z.enum(LEGAL_HOLD_KINDS),
  reason: written(2000),
  /** Whose: numbers (`n`) of the request's accounts; left out, all of them. */
  accounts: z.array(z.number().int().min(1)).min(1).max(10_000).optional(),
  /** The request's own range, or everything. */
  range: z.enum(["request", "all"]).default("request"),
  /** `litigation` may, `other` must name an end. */
  until: z.iso.datetime({ offset: true }).optional(),
  reference: written(200).optional(),
});
export type MakeHoldRequest = z.input<typeof makeHoldRequest>;
export const holdMade = z.object({ holdId: id, until: instant.nullable(), threads: count, messages: count });
export type HoldMade = z.infer<typeof holdMade>;

/** POST /api/holds/:id/renew. `expectedUntil` is what the reader saw: of two renewals at once, one happens. */
export const renewHoldRequest = z.strictObject({
  reason: written(2000),
  reference: written(200).optional(),
  expectedUntil: instant,
});
export type RenewHoldRequest = z.infer<typeof renewHoldRequest>;

/**
 * POST /api/holds/:id/release. While the request is open this asks; another counsel's call with the same body completes it.
 */
export const releaseHoldRequest = z.strictObject({ reason: written(2000) });
export type ReleaseHoldRequest = z.infer<typeof releaseHoldRequest>;

/** POST /api/holds/:id/confirm-production: the authority confirmed that this EPOC was issued. */
export const confirmProductionRequest = z.strictObject({ requestId: id, reference: written(200) });
export type ConfirmProductionRequest = z.infer<typeof confirmProductionRequest>;

/** POST /api/holds/:id/review: a hold without an end is still needed, and why. */
export const reviewHoldRequest = z.strictObject({ reason: written(2000) });
export type ReviewHoldRequest = z.infer<typeof reviewHoldRequest>;

/** What renew, release, release/call-off, review, check and confirm-production answer. */
export const holdMoved = z.object({
  state: z.enum(HOLD_STATES),
  until: instant.nullable(),
  /** `release` asked, and waits for another counsel. */
  releaseAsked: z.boolean(),
});
export type HoldMoved = z.infer<typeof holdMoved>;

/** GET /api/holds/:id */
export const holdDetail = holdRow.extend({
  steps: z.array(
    z.object({
      at: instant,
      what: z.enum([
        "made",
        "renewed",
        "production_confirmed",
        "reviewed",
        "release_asked",
        "release_called_off",
        "released",
        "lapsed",
      ]),
      by: staffRef.nullable(),
      reason: z.string().nullable(),
      reference: z.string().nullable(),
      until: instant.nullable(),
    }),
  ),
  /** The first thousand, those that differ first. */
  threads: z.array(
    z.object({
      threadId: id,
      region: z.string(),
      heldSince: instant,
      /** Came under it later. */
      arrived: z.boolean(),
      messages: count.nullable(),
      sha256: sha256.nullable(),
      hashedAt: instant.nullable(),
      /** Of the last check: as it was, or not; null: not compared yet. */
      same: z.boolean().nullable(),
    }),
  ),
});
export type HoldDetail = z.infer<typeof holdDetail>;
