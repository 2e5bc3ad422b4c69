import { z } from "zod";
import { SCOPES } from "../domain/vocabulary.ts";
import { openViewResult } from "./disclosure.ts";
import { id, instant, staffRef, written } from "./triage.ts";

/** POST /api/cases/:id/break-glass: opens at once, for a threat to life. Every officer is told; a review follows. → 201 */
export const breakGlassRequest = z.strictObject({
  scope: z.enum(SCOPES).default("flagged_window"),
  reason: written(2000),
});
export type BreakGlassRequest = z.input<typeof breakGlassRequest>;
export const breakGlassResult = openViewResult.extend({ breakGlassId: id, reviewDueAt: instant });
export type BreakGlassResult = z.infer<typeof breakGlassResult>;

export const FINDINGS = ["justified", "not_justified", "unclear"] as const;

/** A line of the register. */
export const breakGlassDto = z.object({
  id,
  by: staffRef,
  mine: z.boolean(),
  caseId: id,
  caseNumber: z.number().int(),
  scope: z.enum(SCOPES),
  reason: z.string(),
  brokenAt: instant,
  expiresAt: instant,
  /** Views opened under it. */
  views: z.number().int(),
  grantId: id,
  revokedAt: instant.nullable(),
  reviewDueAt: instant,
  /** How often its review has been overdue. */
  level: z.number().int(),
  review: z.object({ by: staffRef, at: instant, finding: z.enum(FINDINGS), note: z.string() }).nullable(),
  /** Who took note, of those who must. */
  acknowledged: z.array(z.object({ by: staffRef, at: instant })),
  may: z.object({ review: z.boolean() }),
});
export type BreakGlassDto = z.infer<typeof breakGlassDto>;

/** GET /api/break-glass?open=true: officers and administrators see all, others their own. Newest first. */
export const breakGlassQuery = z.strictObject({
  open: z.stringbool().default(false),
  cursor: id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const breakGlassPage = z.object({ entries: z.array(breakGlassDto), nextCursor: id.nullable() });
export type BreakGlassPage = z.infer<typeof breakGlassPage>;

/** POST /api/break-glass/:id/review → 204 */
export const reviewRequest = z.strictObject({
  finding: z.enum(FINDINGS),
  note: written(4000).trim().min(1),
});
export type ReviewRequest = z.input<typeof reviewRequest>;

export const NOTICE_KINDS = [
  "break_glass",
  "break_glass_overdue",
  "reciprocal_approval",
  "hold_ending",
  "hold_lapsed",
  "hold_review",
  "hold_release_asked",
  "gag_ending",
  "gag_review",
  "user_notice_due",
] as const;

/** GET /api/notices?open=true: what officers, counsel (and, when it escalates, administrators) must take note of. */
export const noticesQuery = z.strictObject({
  open: z.stringbool().default(true),
  cursor: id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const noticeDto = z.object({
  id,
  kind: z.enum(NOTICE_KINDS),
  level: z.number().int(),
  at: instant,
  /** Whom it is about: who broke the glass; who approved. */
  subject: staffRef.nullable(),
  /** The other of a reciprocal pair. */
  other: staffRef.nullable(),
  caseId: id.nullable(),
  requestId: id.nullable(),
  breakGlassId: id.nullable(),
  /** Of holds, orders not to tell and notices to accounts: the request, its number as people write it. */
  lawfulRequest: z.object({ id, number: z.string() }).nullable(),
  holdId: id.nullable(),
  /** Days to the end or the review when it was called to mind; 0: it is past. */
  daysLeft: z.number().int().nullable(),
  acknowledgedAt: instant.nullable(),
  acknowledged: z.array(z.object({ by: staffRef, at: instant })),
});
export type NoticeDto = z.infer<typeof noticeDto>;
/** `waiting`: how many wait for the caller, whatever the page. POST /api/notices/:id/acknowledge → 204 */
export const noticePage = z.object({
  notices: z.array(noticeDto),
  waiting: z.number().int(),
  nextCursor: id.nullable(),
});
export type NoticePage = z.infer<typeof noticePage>;
