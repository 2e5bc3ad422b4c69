import { z } from "zod";
import { REVIEW_KINDS, VERDICTS } from "../domain/signals/signal.ts";
import { id, instant, staffRef, written } from "./triage.ts";

/** An act to review: a view, or an officer's search or export. A reason is what was typed: draw it as hostile text. */
export const reviewRow = z.object({
  id,
  kind: z.enum(REVIEW_KINDS),
  state: z.enum(["due", "done"]),
  level: z.number().int(),
  subject: staffRef,
  madeAt: instant,
  dueAt: instant,
  /** When the act was. */
  at: instant.nullable(),
  viewId: id.nullable(),
  eventId: id.nullable(),
  case: z.object({ id, number: z.number().int().nullable() }).nullable(),
  purpose: z.string().nullable(),
  scope: z.string().nullable(),
  reason: z.string().nullable(),
  messages: z.number().int().nullable(),
  /** Of a search or an export. */
  action: z.string().nullable(),
  signalId: id.nullable(),
  verdict: z.enum(VERDICTS).nullable(),
  reviewer: staffRef.nullable(),
  reviewedAt: instant.nullable(),
  note: z.string().nullable(),
  /** The signal that the verdict raised. */
  raisedId: id.nullable(),
});
export type ReviewRow = z.infer<typeof reviewRow>;

/** GET /api/reviews */
export const reviewsQuery = z.strictObject({
  state: z.enum(["due", "done"]).default("due"),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ReviewsQuery = z.infer<typeof reviewsQuery>;
export type ReviewsState = ReviewsQuery["state"];

export const reviewsPage = z.object({
  reviews: z.array(reviewRow),
  nextCursor: z.string().nullable(),
  counts: z.object({ due: z.number().int(), overdue: z.number().int() }),
});
export type ReviewsPage = z.infer<typeof reviewsPage>;

/** GET /api/reviews/:id: what is known of the act, without a word of content. */
export const reviewDetail = z.object({
  review: reviewRow.extend({
    expiresAt: instant.nullable(),
    endedAt: instant.nullable(),
    /** Other views of the same case by the same person. */
    openedBefore: z.number().int(),
    flags: z.array(
      z.object({ source: z.string(), category: z.string(), severity: z.string(), receivedAt: instant }),
    ),
    decisions: z.array(
      z.object({
        by: staffRef,
        outcome: z.string(),
        action: z.string(),
        decidedAt: instant,
        undone: z.boolean(),
      }),
    ),
    /** What a search or an export was filtered by. */
    filters: z.record(z.string(), z.unknown()).nullable(),
    format: z.string().nullable(),
    searchPage: z.string().nullable(),
  }),
});
export type ReviewDetail = z.infer<typeof reviewDetail>["review"];

/** POST /api/reviews/:id/verdict. Questionable and misuse raise a signal. */
export const verdictRequest = z.strictObject({ verdict: z.enum(VERDICTS), note: written(4000).min(1) });
export type VerdictRequest = z.infer<typeof verdictRequest>;
export const verdictResult = z.object({ signalId: id.nullable() });
export type VerdictResult = z.infer<typeof verdictResult>;
