import { z } from "zod";
import { AUDIT_ACTION_NAMES } from "../domain/auditActions.ts";
import { PURPOSES } from "../domain/vocabulary.ts";
import { id, instant, staffRef } from "./triage.ts";

const caseRef = z.object({
  id,
  /** Null when the case is gone or the number is not the reader's to know. */
  number: z.number().int().nullable(),
});

/** One line of the audit log. No field holds content; a reason is what a staff member typed: draw it as hostile text. */
export const auditEvent = z.object({
  id,
  at: instant,
  actorKind: z.enum(["staff", "platform", "system", "operator", "nobody"]),
  /** Who acted: a staff member or a platform. Null for the worker, the operator and nobody known. */
  actor: staffRef.nullable(),
  actorRoles: z.array(z.string()),
  action: z.string(),
  outcome: z.enum(["done", "denied", "failed"]),
  /** Why it was denied: a code of domain/denials.ts. */
  denial: z.string().nullable(),
  case: caseRef.nullable(),
  /** Whom the act was about, when that is a staff member. */
  subjectStaff: staffRef.nullable(),
  purpose: z.string().nullable(),
  reason: z.string().nullable(),
  viewId: id.nullable(),
  /** How many messages a view covers. */
  messages: z.number().int().nullable(),
  ip: z.string().nullable(),
});
export type AuditEvent = z.infer<typeof auditEvent>;

/** A value that enters the leaf only as SHA-256(salt ‖ value), worked out again from what is stored. */
export const commitment = z.object({
  of: z.enum(["reason", "detail", "ip"]),
  /** Hex, as the leaf has it; null when the leaf carries none, since there was no value. */
  committed: z.string().nullable(),
  /** none: nothing to commit to · matches · differs: the stored value is not the one that was logged · forgotten: erased since. */
  state: z.enum(["none", "matches", "differs", "forgotten"]),
});
export type Commitment = z.infer<typeof commitment>;

/** GET /api/audit/events/:id: the full record. */
export const auditEventDetail = auditEvent.extend({
  threadId: id.nullable(),
  queueId: id.nullable(),
  flagId: id.nullable(),
  grantId: id.nullable(),
  decisionId: id.nullable(),
  sessionId: id.nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  /** Canonical JSON (RFC 8785) of the leaf as it will enter the tree; null once the sequencer has taken it. */
  leaf: z.string().nullable(),
  /** SHA-256(0x00 ‖ leaf), hex: the hash of the leaf in the tree (RFC 6962 §2.1). */
  leafHash: z.string().nullable(),
  /** Hex. */
  leafSalt: z.string(),
  commitments: z.array(commitment),
});
export type AuditEventDetail = z.infer<typeof auditEventDetail>;

/** What events can be filtered by. Ids and closed words only: these stand in the address of the page. */
export const auditFilters = z.strictObject({
  actor: id.optional(),
  subject: id.optional(),
  case: id.optional(),
  caseNumber: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  action: z.enum(AUDIT_ACTION_NAMES).optional(),
  outcome: z.enum(["done", "denied", "failed"]).optional(),
  purpose: z.enum(PURPOSES).optional(),
  /** From this instant on. */
  from: z.iso.datetime({ offset: true }).optional(),
  /** Up to, and without, this instant. */
  until: z.iso.datetime({ offset: true }).optional(),
});
export type AuditFilters = z.infer<typeof auditFilters>;

/** GET /api/audit/events */
export const auditQuery = auditFilters.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.infer<typeof auditQuery>;

/** Whose events are shown: own acts only, or all of them, or those of a range that was given to an auditor. */
export const auditReach = z.object({
  staffId: id,
  whole: z.boolean(),
  from: instant.nullable(),
  until: instant.nullable(),
});
export type AuditReach = z.infer<typeof auditReach>;

/** Newest first. */
export const auditPage = z.object({
  reach: auditReach,
  events: z.array(auditEvent),
  nextCursor: z.string().nullable(),
});
export type AuditPage = z.infer<typeof auditPage>;

/** GET /api/audit/newer?after=:id&…: how many events have come since, counted up to 100. Not a search: shows nothing. */
export const auditNewerQuery = auditFilters.extend({ after: id });
export const auditNewer = z.object({ count: z.number().int(), capped: z.boolean() });
export type AuditNewer = z.infer<typeof auditNewer>;

/** A view: what was read, by whom, why, and for how long it stood open. */
export const auditView = z.object({
  id,
  staff: staffRef,
  /** Their roles when they opened it; empty when the log has no record of it that the reader may see. */
  roles: z.array(z.string()),
  case: caseRef,
  threadId: id,
  purpose: z.string(),
  scope: z.string(),
  reason: z.string(),
  messages: z.number().int(),
  truncated: z.boolean(),
  openedAt: instant,
  /** When it was closed, or ran out; null while it stands open. */
  endedAt: instant.nullable(),
  /** `expired` when nobody closed it. */
  how: z.enum(["closed", "decided", "released", "revoked", "expired"]).nullable(),
  seconds: z.number().nullable(),
  /** The first decision on the case after the view was opened that was not taken back, by whomever. */
  decided: z.object({ id, at: instant, by: staffRef, outcome: z.string(), action: z.string() }).nullable(),
});
export type AuditView = z.infer<typeof auditView>;

/** GET /api/audit/cases/:id and GET /api/audit/staff/:id take a cursor for the events; the rest comes with the first page. */
export const auditTrailQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type AuditTrailQuery = z.infer<typeof auditTrailQuery>;

/** GET /api/audit/cases/:id: everything about one case. */
export const auditCaseTrail = auditPage.extend({
  case: caseRef,
  /** The case's thread, for those who read the log beyond their own acts. */
  threadId: id.nullable(),
  /** Newest first, at most 200. Empty on pages after the first. */
  views: z.array(auditView),
  viewsCapped: z.boolean(),
});
export type AuditCaseTrail = z.infer<typeof auditCaseTrail>;

/** GET /api/audit/staff/:id: everything one staff member did, and what was done to them. */
export const auditStaffTrail = auditPage.extend({
  staff: staffRef.extend({ roles: z.array(z.string()), state: z.enum(["active", "disabled"]) }),
  views: z.array(auditView),
  viewsCapped: z.boolean(),
  /** Where GET /api/audit/staff/:id/views goes on. */
  viewsCursor: z.string().nullable(),
  /** The last 30 days, oldest first, days in UTC. Empty on pages after the first. */
  days: z.array(
    z.object({
      day: z.iso.date(),
      views: z.number().int(),
      decisions: z.number().int(),
      denials: z.number().int(),
      events: z.number().int(),
    }),
  ),
});
export type AuditStaffTrail = z.infer<typeof auditStaffTrail>;

/** GET /api/audit/people: names for the filters; those the reader may see. */
export const auditPeople = z.object({
  people: z.array(staffRef.extend({ roles: z.array(z.string()) })),
  platforms: z.array(staffRef),
});
export type AuditPeople = z.infer<typeof auditPeople>;

/** GET /api/audit/export */
export const auditExportQuery = auditFilters.extend({ format: z.enum(["csv", "ndjson"]) });
export type AuditExportQuery = z.infer<typeof auditExportQuery>;
export type AuditExportFormat = AuditExportQuery["format"];

/** GET /api/audit/staff/:id/views: what one staff member read and why, newest first. */
export const auditStaffViews = z.object({ views: z.array(auditView), nextCursor: z.string().nullable() });
export type AuditStaffViews = z.infer<typeof auditStaffViews>;

/** GET /api/audit/threads/:id: who read a thread. Views newest first; the rest comes with the first page. */
export const auditThread = z.object({
  reach: auditReach,
  thread: z.object({ id, cases: z.array(caseRef) }),
  totals: z.object({
    views: z.number().int(),
    people: z.number().int(),
    firstAt: instant.nullable(),
    lastAt: instant.nullable(),
  }),
  views: z.array(auditView),
  nextCursor: z.string().nullable(),
  /** Openings that were refused, newest first, at most 200. Empty on pages after the first. */
  refused: z.array(auditEvent),
  refusedCapped: z.boolean(),
});
export type AuditThread = z.infer<typeof auditThread>;

/** GET /api/audit/threads/:id/export and GET /api/audit/staff/:id/views/export: CSV. No parameters. */
export const auditViewsExportQuery = z.strictObject({});

/** GET /api/audit/threads/:id/person */
export const personQuery = z.strictObject({
  /** Whether reasons in staff's own words are part of the document. They may name other people. */
  reasons: z.enum(["0", "1"]).default("0"),
});

/**
 * The readers of a thread, drawn up for one of its participants: oldest first, staff as letters, and no id, name or address
 * of theirs anywhere.
 */
export const threadForPerson = z.object({
  thread: id,
  /** The event that says that the document was drawn up. */
  reference: id,
  drawnUpAt: instant,
  people: z.number().int(),
  readings: z.array(
    z.object({
      from: instant,
      /** Null while it stands open. */
      until: instant.nullable(),
      who: z.string(),
      roles: z.array(z.string()),
      purpose: z.string(),
      scope: z.string(),
      messages: z.number().int(),
      /** The preset sentence, or staff's own words where they were asked for; null where they are left out. */
      reason: z.string().nullable(),
      decided: z
        .object({ at: instant, outcome: z.string(), action: z.string(), who: z.string().nullable() })
        .nullable(),
    }),
  ),
  /** Older readings than fit on the document. */
  leftOut: z.number().int(),
  refused: z.array(z.object({ at: instant, who: z.string(), roles: z.array(z.string()) })),
  refusedLeftOut: z.boolean(),
});
export type ThreadForPerson = z.infer<typeof threadForPerson>;
