import { boolean, integer, pgSchema, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, xid8 } from "./types.ts";

/** Who may open what and why, and that they did. Mirrors migrations/0004. */
export const access = pgSchema("access");

export const rules = access.table(
  "rules",
  {
    role: text("role").notNull(),
    purpose: text("purpose").notNull(),
    scope: text("scope", { enum: ["flagged_window", "wider_window", "whole_thread"] }).notNull(),
    requirement: text("requirement", {
      enum: ["automatic", "ticket", "one_approver", "two_approvers", "never"],
    }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.role, t.purpose, t.scope] })],
);

export const grants = access.table("grants", {
  id: uuid("id").primaryKey(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  caseId: uuid("case_id").notNull(),
  threadId: uuid("thread_id").notNull(),
  purpose: text("purpose").notNull(),
  scope: text("scope").notNull(),
  reason: text("reason").notNull(),
  preset: boolean("preset").notNull(),
  requirement: text("requirement").notNull(),
  grantedAt: instant("granted_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  revokedAt: instant("revoked_at"),
});

/** Append-only, in partitions by month. */
export const views = access.table("views", {
  id: uuid("id").primaryKey(),
  grantId: uuid("grant_id").notNull(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  caseId: uuid("case_id").notNull(),
  threadId: uuid("thread_id").notNull(),
  purpose: text("purpose").notNull(),
  scope: text("scope").notNull(),
  reason: text("reason").notNull(),
  messageIds: uuid("message_ids").array().notNull(),
  places: integer("places").array().notNull(),
  flagIds: uuid("flag_ids").array().notNull(),
  truncated: boolean("truncated").notNull(),
  openedAt: instant("opened_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  openedXid: xid8("opened_xid").notNull(),
  eventId: uuid("event_id"),
});

/** Append-only: a view ends once. A view without a row here ended when it ran out. */
export const viewEnds = access.table("view_ends", {
  viewId: uuid("view_id").primaryKey(),
  endedAt: instant("ended_at").notNull(),
  how: text("how", { enum: ["closed", "decided", "released", "revoked"] }).notNull(),
});
