import { z } from "zod";
import { id, instant, staffRef } from "./triage.ts";

/** One line of the audit log. No field holds content. */
export const auditEvent = z.object({
  id,
  at: instant,
  actorKind: z.enum(["staff", "platform", "system", "operator", "nobody"]),
  actor: staffRef.nullable(),
  actorRoles: z.array(z.string()),
  action: z.string(),
  outcome: z.enum(["done", "denied", "failed"]),
  case: z.object({ id, number: z.number().int() }).nullable(),
  subjectStaff: staffRef.nullable(),
  purpose: z.string().nullable(),
  reason: z.string().nullable(),
  ip: z.string().nullable(),
});
export type AuditEvent = z.infer<typeof auditEvent>;

/** GET /api/audit/events/:id: the full record. */
export const auditEventDetail = auditEvent.extend({
  threadId: id.nullable(),
  queueId: id.nullable(),
  flagId: id.nullable(),
  grantId: id.nullable(),
  viewId: id.nullable(),
  decisionId: id.nullable(),
  sessionId: id.nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  /** Canonical JSON (RFC 8785) of the leaf as it will enter the tree. */
  leaf: z.string().nullable(),
});
export type AuditEventDetail = z.infer<typeof auditEventDetail>;

export const auditQuery = z.object({
  actor: id.optional(),
  subject: id.optional(),
  case: id.optional(),
  caseNumber: z.coerce.number().int().positive().optional(),
  action: z.string().max(60).optional(),
  outcome: z.enum(["done", "denied", "failed"]).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditPage = z.object({ events: z.array(auditEvent), nextCursor: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPage>;
