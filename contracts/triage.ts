import { z } from "zod";
import {
  ACTIONS,
  AGE_BANDS,
  CATEGORIES,
  MESSAGE_KINDS,
  OUTCOMES,
  PURPOSES,
  QUEUE_SORTS,
  REGIONS,
  SCOPES,
  SEVERITIES,
  SOURCES,
  THREAD_KINDS,
} from "../domain/vocabulary.ts";

/** An instant as the API writes it: RFC 3339 in UTC. */
export const instant = z.string().meta({ format: "date-time" });
export const id = z.uuid();

/**
 * What a staff member types: any text that can be kept as it is. PostgreSQL keeps no NUL, and UTF-8 no lone surrogate.
 *
 * @param most UTF-16 code units
 */
export const written = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\0\p{Cs}]*$/u, "Leave out NUL and characters that are only half there.");

export const staffRef = z.object({ id, name: z.string() });
export type StaffRef = z.infer<typeof staffRef>;

/** A lease on a case: one moderator works on it until `expiresAt`, and longer while their page beats. */
export const claimDto = z.object({ by: staffRef, mine: z.boolean(), expiresAt: instant });
export type ClaimDto = z.infer<typeof claimDto>;

/** GET /api/queues */
export const queueSummary = z.object({
  id,
  name: z.string(),
  category: z.enum(CATEGORIES).nullable(),
  region: z.enum(REGIONS).nullable(),
  restrictedSubject: z.string().nullable(),
  /** Open cases, counted up to 10,000: `openCapped` says that there are more. */
  open: z.number().int(),
  openCapped: z.boolean(),
  overdue: z.number().int(),
  claimedByMe: z.number().int(),
  oldestOpenedAt: instant.nullable(),
  nextDueAt: instant.nullable(),
});
export type QueueSummary = z.infer<typeof queueSummary>;
export const queueList = z.object({ queues: z.array(queueSummary) });
export type QueueList = z.infer<typeof queueList>;

/** A row of GET /api/queues/:id/cases: metadata only; no handle, no name, no text. */
export const caseRow = z.object({
  id,
  number: z.number().int(),
  category: z.enum(CATEGORIES),
  severity: z.enum(SEVERITIES),
  priority: z.number().int(),
  sources: z.array(z.enum(SOURCES)),
  region: z.enum(REGIONS),
  flagCount: z.number().int(),
  messageCount: z.number().int(),
  participantCount: z.number().int(),
  minorCount: z.number().int(),
  openedAt: instant,
  dueAt: instant,
  previousCaseId: id.nullable(),
  claim: claimDto.nullable(),
});
export type CaseRow = z.infer<typeof caseRow>;

export const queuePageQuery = z.object({
  sort: z.enum(QUEUE_SORTS).default("priority"),
  /** Opaque: `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type QueuePageQuery = z.infer<typeof queuePageQuery>;

export const queuePage = z.object({
  queue: z.object({ id, name: z.string() }),
  cases: z.array(caseRow),
  nextCursor: z.string().nullable(),
});
export type QueuePage = z.infer<typeof queuePage>;

/** A participant before anything is opened: a pseudonym and what the platform said of the account. */
export const participantOutline = z.object({
  id,
  pseudonym: z.string(),
  ageBand: z.enum(AGE_BANDS),
  accountAgeDays: z.number().int().nullable(),
  country: z.string().nullable(),
  reporter: z.boolean(),
});
export type ParticipantOutline = z.infer<typeof participantOutline>;

/** A sealed message: that it exists, from whom and when; not what it says. */
export const messageOutline = z.object({
  id,
  senderId: id,
  sentAt: instant,
  kind: z.enum(MESSAGE_KINDS),
  flagged: z.boolean(),
  edited: z.boolean(),
  deleted: z.boolean(),
  attachments: z.number().int(),
});
export type MessageOutline = z.infer<typeof messageOutline>;

export const flagDto = z.object({
  id,
  source: z.enum(SOURCES),
  category: z.enum(CATEGORIES),
  severity: z.enum(SEVERITIES),
  confidence: z.number().nullable(),
  detector: z.object({ name: z.string(), version: z.string().nullable() }).nullable(),
  /** The reporter's words are content: sealed until a view is open. */
  hasWords: z.boolean(),
  reporterId: id.nullable(),
  madeBy: staffRef.nullable(),
  flaggedMessageIds: z.array(id),
  raisedAt: instant.nullable(),
  receivedAt: instant,
});
export type FlagDto = z.infer<typeof flagDto>;

export const decisionDto = z.object({
  id,
  caseId: id,
  by: staffRef,
  outcome: z.enum(OUTCOMES),
  action: z.enum(ACTIONS),
  policy: z.object({ id, code: z.string(), title: z.string() }).nullable(),
  note: z.string().nullable(),
  viewed: z.boolean(),
  decidedAt: instant,
  undoUntil: instant,
  undoneAt: instant.nullable(),
});
export type DecisionDto = z.infer<typeof decisionDto>;

export const policyDto = z.object({
  id,
  code: z.string(),
  title: z.string(),
  guidance: z.string(),
  category: z.enum(CATEGORIES),
});
export type PolicyDto = z.infer<typeof policyDto>;

/** What this actor may ask for on this case, worked out by the database from the access rules. */
export const accessOption = z.object({
  purpose: z.enum(PURPOSES),
  scope: z.enum(SCOPES),
  requirement: z.enum(["automatic", "ticket", "one_approver", "two_approvers", "never"]),
});
export type AccessOption = z.infer<typeof accessOption>;

/** GET /api/cases/:id: the workspace, without a word of content. */
export const caseDetail = z.object({
  case: caseRow.extend({
    state: z.enum(["open", "decided"]),
    queue: z.object({ id, name: z.string() }),
    restrictedSubject: z.string().nullable(),
    escalatesTo: z.object({ id, name: z.string() }).nullable(),
    decidedAt: instant.nullable(),
  }),
  thread: z.object({
    kind: z.enum(THREAD_KINDS),
    region: z.enum(REGIONS),
    platform: z.string(),
    participants: z.array(participantOutline),
    /** In the thread's order; the flagged ones and up to 200 around them. */
    messages: z.array(messageOutline),
    messageCount: z.number().int(),
  }),
  flags: z.array(flagDto),
  decisions: z.array(decisionDto),
  previousCases: z.array(
    z.object({
      id,
      number: z.number().int(),
      outcome: z.enum(OUTCOMES).nullable(),
      decidedAt: instant.nullable(),
    }),
  ),
  accessOptions: z.array(accessOption),
  /** The purpose that the one-keypress preset uses; null when this actor may open nothing here by themselves. */
  presetPurpose: z.enum(PURPOSES).nullable(),
  policies: z.array(policyDto),
});
export type CaseDetail = z.infer<typeof caseDetail>;

/** POST /api/cases/:id/claim, /heartbeat */
export const claimResult = z.object({ caseId: id, expiresAt: instant });
export type ClaimResult = z.infer<typeof claimResult>;

/** POST /api/queues/:id/claim-next: null when nothing is left to claim. */
export const claimNextResult = z.object({ caseId: id.nullable() });
export type ClaimNextResult = z.infer<typeof claimNextResult>;

/** POST /api/cases/:id/decisions */
export const decideRequest = z
  .strictObject({
    outcome: z.enum(OUTCOMES),
    policyId: id.nullable().default(null),
    action: z.enum(ACTIONS),
    note: written(4000).trim().nullable().default(null),
  })
  .refine((d) => (d.outcome === "violation") === (d.policyId !== null), {
    path: ["policyId"],
    message: "Name the policy for a violation, and only for a violation.",
  })
  .refine((d) => (d.outcome === "escalate") === (d.action === "escalate"), {
    path: ["action"],
    message: "The action “escalate” goes with the outcome “escalate”, and with no other.",
  })
  .refine((d) => d.outcome !== "no_violation" || d.action === "none", {
    path: ["action"],
    message: "Where nothing was violated the platform is told to do nothing: choose “none”.",
  });
export type DecideRequest = z.input<typeof decideRequest>;

export const decideResult = z.object({ decisionId: id, undoUntil: instant });
export type DecideResult = z.infer<typeof decideResult>;

/** POST /api/cases/:id/flags: a flag made by staff. It joins the case and opens nothing. */
export const raiseFlagRequest = z.strictObject({
  category: z.enum(CATEGORIES),
  severity: z.enum(SEVERITIES),
  reason: written(2000).min(1),
});
export type RaiseFlagRequest = z.input<typeof raiseFlagRequest>;
export const raiseFlagResult = z.object({ flagId: id, caseId: id });
export type RaiseFlagResult = z.infer<typeof raiseFlagResult>;
