import { jsonb, pgSchema, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "./types.ts";

/** What happened. Append-only, in partitions by month. Mirrors migrations/0004. */
export const audit = pgSchema("audit");

export const events = audit.table("events", {
  id: uuid("id").primaryKey(),
  at: instant("at").notNull(),
  actorKind: text("actor_kind", { enum: ["staff", "platform", "system", "operator", "nobody"] }).notNull(),
  actorId: uuid("actor_id"),
  actorRoles: text("actor_roles").array(),
  sessionId: uuid("session_id"),
  action: text("action").notNull(),
  outcome: text("outcome", { enum: ["done", "denied", "failed"] }).notNull(),
  caseId: uuid("case_id"),
  threadId: uuid("thread_id"),
  queueId: uuid("queue_id"),
  flagId: uuid("flag_id"),
  grantId: uuid("grant_id"),
  viewId: uuid("view_id"),
  decisionId: uuid("decision_id"),
  subjectStaffId: uuid("subject_staff_id"),
  purpose: text("purpose"),
  reason: text("reason"),
  detail: jsonb("detail").$type<Record<string, unknown>>().notNull(),
  ip: text("ip"),
  userAgent: text("user_agent"),
  requestId: text("request_id"),
  leafSalt: bytea("leaf_salt").notNull(),
});

export const pendingLeaves = audit.table("pending_leaves", {
  eventId: uuid("event_id").primaryKey(),
  leaf: text("leaf").notNull(),
});
