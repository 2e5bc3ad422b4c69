import {
  bigint,
  boolean,
  doublePrecision,
  integer,
  pgSchema,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant } from "./types.ts";

/** Threads as metadata, queues, cases, flags, decisions. Mirrors migrations/0002 and 0003. */
export const triage = pgSchema("triage");

export const threads = triage.table("threads", {
  id: uuid("id").primaryKey(),
  platformId: uuid("platform_id").notNull(),
  platformThreadId: text("platform_thread_id").notNull(),
  kind: text("kind", { enum: ["direct", "group"] }).notNull(),
  region: text("region").notNull(),
  messageCount: integer("message_count").notNull(),
  participantCount: integer("participant_count").notNull(),
  minorCount: integer("minor_count").notNull(),
  createdAt: instant("created_at").notNull(),
});

export const queues = triage.table("queues", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  category: text("category"),
  region: text("region"),
  restrictedSubject: text("restricted_subject"),
  escalatesTo: uuid("escalates_to"),
  position: integer("position").notNull(),
  createdAt: instant("created_at").notNull(),
});

export const queueMembers = triage.table(
  "queue_members",
  { queueId: uuid("queue_id").notNull(), staffId: uuid("staff_id").notNull() },
  (t) => [primaryKey({ columns: [t.staffId, t.queueId] })],
);

export const queueRoutes = triage.table("queue_routes", {
  id: uuid("id").primaryKey(),
  category: text("category"),
  region: text("region"),
  queueId: uuid("queue_id").notNull(),
  rank: integer("rank").notNull(),
});

export const policies = triage.table("policies", {
  id: uuid("id").primaryKey(),
  code: text("code").notNull(),
  version: integer("version").notNull(),
  title: text("title").notNull(),
  guidance: text("guidance").notNull(),
  category: text("category").notNull(),
  active: boolean("active").notNull(),
});

export const cases = triage.table("cases", {
  id: uuid("id").primaryKey(),
  number: bigint("number", { mode: "number" }).notNull(),
  threadId: uuid("thread_id").notNull(),
  platformId: uuid("platform_id").notNull(),
  queueId: uuid("queue_id").notNull(),
  region: text("region").notNull(),
  category: text("category").notNull(),
  severity: smallint("severity").notNull(),
  restrictedSubject: text("restricted_subject"),
  state: text("state", { enum: ["open", "decided"] }).notNull(),
  priority: integer("priority").notNull(),
  priorityRank: integer("priority_rank").notNull(),
  sources: text("sources").array().notNull(),
  flagCount: integer("flag_count").notNull(),
  messageCount: integer("message_count").notNull(),
  participantCount: integer("participant_count").notNull(),
  minorCount: integer("minor_count").notNull(),
  previousCaseId: uuid("previous_case_id"),
  openedAt: instant("opened_at").notNull(),
  dueAt: instant("due_at").notNull(),
  claimedBy: uuid("claimed_by"),
  claimedSession: uuid("claimed_session"),
  claimedAt: instant("claimed_at"),
  claimExpiresAt: instant("claim_expires_at"),
  decidedAt: instant("decided_at"),
});

export const flags = triage.table("flags", {
  id: uuid("id").primaryKey(),
  platformId: uuid("platform_id").notNull(),
  platformFlagId: text("platform_flag_id").notNull(),
  threadId: uuid("thread_id").notNull(),
  caseId: uuid("case_id").notNull(),
  source: text("source").notNull(),
  category: text("category").notNull(),
  severity: smallint("severity").notNull(),
  confidence: doublePrecision("confidence"),
  reporterId: uuid("reporter_id"),
  hasWords: boolean("has_words").notNull(),
  detectorName: text("detector_name"),
  detectorVersion: text("detector_version"),
  flaggedMessageIds: uuid("flagged_message_ids").array().notNull(),
  raisedAt: instant("raised_at"),
  receivedAt: instant("received_at").notNull(),
  madeBy: uuid("made_by"),
  requestMac: bytea("request_mac"),
  joinedCase: boolean("joined_case").notNull(),
  newMessageCount: integer("new_message_count").notNull(),
  previousCaseId: uuid("previous_case_id"),
});

export const decisions = triage.table("decisions", {
  id: uuid("id").primaryKey(),
  caseId: uuid("case_id").notNull(),
  decidedBy: uuid("decided_by").notNull(),
  outcome: text("outcome", { enum: ["violation", "no_violation", "escalate"] }).notNull(),
  policyId: uuid("policy_id"),
  action: text("action").notNull(),
  note: text("note"),
  viewed: boolean("viewed").notNull(),
  fromQueueId: uuid("from_queue_id").notNull(),
  toQueueId: uuid("to_queue_id"),
  decidedAt: instant("decided_at").notNull(),
  undoUntil: instant("undo_until").notNull(),
  undoneAt: instant("undone_at"),
});
