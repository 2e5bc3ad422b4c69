import { z } from "zod";
import {
  AGE_BANDS,
  CATEGORIES,
  PURPOSES,
  REGIONS,
  SCOPES,
  SEVERITIES,
  SOURCES,
} from "../domain/vocabulary.ts";
import { id, instant, staffRef, written } from "./triage.ts";

/**
 * POST /api/cases/:id/requests: asks for access, and policy decides. Where nobody else is needed a grant comes back;
 * otherwise the request waits for approvers.
 */
export const accessRequest = z.strictObject({
  purpose: z.enum(PURPOSES),
  scope: z.enum(SCOPES),
  reason: written(2000),
  /** Number of a ticket, where policy asks for one. */
  ticket: written(100).trim().min(1).nullable().default(null),
  /** What a legal process is known by. */
  reference: written(200).trim().min(1).nullable().default(null),
  /** For the scope `participant_threads`: whose threads (an id of the case's participants). */
  participantId: id.nullable().default(null),
});
export type AccessRequest = z.input<typeof accessRequest>;

export const accessRequestResult = z.discriminatedUnion("state", [
  /** 201: open views with POST /api/grants/:id/views. */
  z.object({ state: z.literal("granted"), grantId: id, expiresAt: instant, viewsLeft: z.number().int() }),
  /** 202: wait for approvers, then POST /api/requests/:id/open. */
  z.object({ state: z.literal("pending"), requestId: id, needs: z.number().int(), expiresAt: instant }),
]);
export type AccessRequestResult = z.infer<typeof accessRequestResult>;

export const REQUEST_STATES = ["pending", "approved", "used", "denied", "withdrawn", "expired"] as const;
export const REQUEST_BOXES = ["inbox", "mine", "case"] as const;

/** GET /api/requests?box=inbox|mine: what waits for me; what I asked. `case` (with caseId): what was asked on a case. */
export const requestsQuery = z.strictObject({
  box: z.enum(REQUEST_BOXES).default("inbox"),
  caseId: id.optional(),
  /** `true`: those that still wait or can still be opened. Of the inbox always so. */
  open: z.stringbool().default(false),
  cursor: id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** What would be seen, in figures: nothing of content. */
const outline = z.object({
  messages: z.number().int(),
  participants: z.number().int(),
  minors: z.number().int(),
  attachments: z.number().int(),
  threads: z.number().int(),
});

export const requestDto = z.object({
  id,
  state: z.enum(REQUEST_STATES),
  by: staffRef,
  mine: z.boolean(),
  case: z.object({
    id,
    number: z.number().int(),
    category: z.enum(CATEGORIES),
    severity: z.enum(SEVERITIES),
    region: z.enum(REGIONS),
    restrictedSubject: z.string().nullable(),
    sources: z.array(z.enum(SOURCES)),
    queue: z.object({ id, name: z.string() }),
    open: z.boolean(),
  }),
  purpose: z.enum(PURPOSES),
  scope: z.enum(SCOPES),
  reason: z.string(),
  ticket: z.string().nullable(),
  reference: z.string().nullable(),
  needs: z.number().int(),
  approved: z.number().int(),
  minutes: z.number().int(),
  viewLimit: z.number().int(),
  askedAt: instant,
  expiresAt: instant,
  /** When approved: open it until then. */
  usableUntil: instant.nullable(),
  endedAt: instant.nullable(),
  grantId: id.nullable(),
  would: outline,
  /** For the scope `participant_threads`: whose threads, by the pseudonym of this case. */
  participant: z
    .object({ pseudonym: z.string(), ageBand: z.enum(AGE_BANDS), reporter: z.boolean() })
    .nullable(),
  approvals: z.array(
    z.object({
      by: staffRef,
      answer: z.enum(["approved", "denied"]),
      note: z.string().nullable(),
      at: instant,
    }),
  ),
  questions: z.array(
    z.object({
      id,
      by: staffRef,
      question: z.string(),
      askedAt: instant,
      answer: z.string().nullable(),
      answeredAt: instant.nullable(),
    }),
  ),
  /** What the caller may do with it now. `open` still needs the claim where the purpose does. */
  may: z.object({
    approve: z.boolean(),
    answer: z.boolean(),
    withdraw: z.boolean(),
    open: z.boolean(),
  }),
});
export type RequestDto = z.infer<typeof requestDto>;
export const requestPage = z.object({ requests: z.array(requestDto), nextCursor: id.nullable() });
export type RequestPage = z.infer<typeof requestPage>;

/** POST /api/requests/:id/approve → {state, approved, needs} */
export const approveRequest = z.strictObject({
  note: written(2000).trim().min(1).nullable().default(null),
});
/** POST /api/requests/:id/deny → {state}; the reason is shown to whoever asked. */
export const denyRequest = z.strictObject({ note: written(2000).trim().min(1) });
/** POST /api/requests/:id/ask */
export const askBackRequest = z.strictObject({ question: written(2000).trim().min(1) });
/** POST /api/requests/:id/answer */
export const answerRequest = z.strictObject({ questionId: id, answer: written(2000).trim().min(1) });
/** Also the answer of POST /api/requests/:id/withdraw, /ask and /answer. */
export const requestChange = z.object({
  state: z.enum(REQUEST_STATES),
  approved: z.number().int(),
  needs: z.number().int(),
});
export type RequestChange = z.infer<typeof requestChange>;

/** GET /api/grants?box=mine|live: my grants that still run; `live`: those of others that I may revoke. */
export const grantsQuery = z.strictObject({ box: z.enum(["mine", "live"]).default("mine") });
export const grantDto = z.object({
  id,
  by: staffRef,
  mine: z.boolean(),
  /** Whether it was made in the session that asks. */
  thisSession: z.boolean(),
  caseId: id,
  caseNumber: z.number().int(),
  purpose: z.enum(PURPOSES),
  scope: z.enum(SCOPES),
  reason: z.string(),
  requirement: z.enum(["automatic", "ticket", "one_approver", "two_approvers"]),
  breakGlassId: id.nullable(),
  grantedAt: instant,
  expiresAt: instant,
  viewsUsed: z.number().int(),
  viewLimit: z.number().int(),
  openViews: z.number().int(),
});
export type GrantDto = z.infer<typeof grantDto>;
export const grantList = z.object({ grants: z.array(grantDto) });
export type GrantList = z.infer<typeof grantList>;

/** POST /api/grants/:id/views: opens a view under a grant; `threadId` for one of several threads of a participant. */
export const openUnderGrantRequest = z.strictObject({ threadId: id.nullable().default(null) });

/** GET /api/grants/:id/threads: what a grant for several threads covers, as far as it lies within reach. */
export const grantThreads = z.object({
  threads: z.array(
    z.object({
      threadId: id,
      caseId: id,
      caseNumber: z.number().int(),
      category: z.enum(CATEGORIES),
      region: z.enum(REGIONS),
      messages: z.number().int(),
      participants: z.number().int(),
      minors: z.number().int(),
      flaggedAt: instant,
    }),
  ),
  /** There are more than a grant covers. */
  truncated: z.boolean(),
});
export type GrantThreads = z.infer<typeof grantThreads>;

/** POST /api/grants/:id/revoke → 204. Everything open under it ends at once. */
export const revokeGrantRequest = z.strictObject({
  reason: written(2000).trim().min(1).nullable().default(null),
});
