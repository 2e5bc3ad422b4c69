import { boolean, integer, pgSchema, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant, xid8 } from "./types.ts";

/** Who may open what and why, who agreed, and that they did. Mirrors migrations/0004 and 0010. */
export const access = pgSchema("access");

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
  viewLimit: integer("view_limit").notNull(),
  viewsUsed: integer("views_used").notNull(),
  requestId: uuid("request_id"),
  participantId: uuid("participant_id"),
  ticket: text("ticket"),
  reference: text("reference"),
  revokedBy: uuid("revoked_by"),
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

/** A version of the access policy. What has been proposed never changes again. */
export const policyVersions = access.table("policy_versions", {
  id: uuid("id").primaryKey(),
  number: integer("number").notNull(),
  state: text("state", {
    enum: ["draft", "proposed", "active", "superseded", "rejected", "withdrawn"],
  }).notNull(),
  basedOn: uuid("based_on"),
  summary: text("summary").notNull(),
  ticketPattern: text("ticket_pattern").notNull(),
  sameReasonMost: integer("same_reason_most").notNull(),
  requestMinutes: integer("request_minutes").notNull(),
  takeUpMinutes: integer("take_up_minutes").notNull(),
  glassReasonLength: integer("glass_reason_length").notNull(),
  reviewHours: integer("review_hours").notNull(),
  draftedBy: uuid("drafted_by"),
  draftedAt: instant("drafted_at").notNull(),
  proposedBy: uuid("proposed_by"),
  proposedAt: instant("proposed_at"),
  proposalReason: text("proposal_reason"),
  decidedBy: uuid("decided_by"),
  decidedAt: instant("decided_at"),
  decisionReason: text("decision_reason"),
  supersededAt: instant("superseded_at"),
});

export const policyRules = access.table(
  "policy_rules",
  {
    versionId: uuid("version_id").notNull(),
    role: text("role").notNull(),
    purpose: text("purpose").notNull(),
    scope: text("scope").notNull(),
    subject: text("subject").notNull(),
    requirement: text("requirement").notNull(),
    minutes: integer("minutes").notNull(),
    viewLimit: integer("view_limit").notNull(),
  },
  (t) => [primaryKey({ columns: [t.versionId, t.purpose, t.scope, t.subject, t.role] })],
);

/** Requests for access that somebody else must approve. */
export const requests = access.table("requests", {
  id: uuid("id").primaryKey(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  caseId: uuid("case_id").notNull(),
  threadId: uuid("thread_id").notNull(),
  participantId: uuid("participant_id"),
  purpose: text("purpose").notNull(),
  scope: text("scope").notNull(),
  reason: text("reason").notNull(),
  ticket: text("ticket"),
  reference: text("reference"),
  policyVersionId: uuid("policy_version_id").notNull(),
  needs: smallint("needs").notNull(),
  minutes: integer("minutes").notNull(),
  viewLimit: integer("view_limit").notNull(),
  state: text("state", {
    enum: ["pending", "approved", "used", "denied", "withdrawn", "expired"],
  }).notNull(),
  askedAt: instant("asked_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  approvedAt: instant("approved_at"),
  usableUntil: instant("usable_until"),
  endedAt: instant("ended_at"),
  grantId: uuid("grant_id"),
});

/** Append-only. */
export const approvals = access.table(
  "approvals",
  {
    requestId: uuid("request_id").notNull(),
    requesterId: uuid("requester_id").notNull(),
    staffId: uuid("staff_id").notNull(),
    sessionId: uuid("session_id").notNull(),
    answer: text("answer", { enum: ["approved", "denied"] }).notNull(),
    place: smallint("place").notNull(),
    note: text("note"),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.staffId] })],
);

export const questions = access.table("questions", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  askedBy: uuid("asked_by").notNull(),
  question: text("question").notNull(),
  askedAt: instant("asked_at").notNull(),
  answer: text("answer"),
  answeredAt: instant("answered_at"),
});

export const breakGlass = access.table("break_glass", {
  id: uuid("id").primaryKey(),
  grantId: uuid("grant_id").notNull(),
  staffId: uuid("staff_id").notNull(),
  caseId: uuid("case_id").notNull(),
  threadId: uuid("thread_id").notNull(),
  scope: text("scope").notNull(),
  reason: text("reason").notNull(),
  brokenAt: instant("broken_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  reviewDueAt: instant("review_due_at").notNull(),
  level: smallint("level").notNull(),
  nextEscalation: instant("next_escalation").notNull(),
  reviewedBy: uuid("reviewed_by"),
  reviewedAt: instant("reviewed_at"),
  finding: text("finding", { enum: ["justified", "not_justified", "unclear"] }),
  reviewNote: text("review_note"),
});

/** Append-only: what officers must take note of, one by one. */
export const notices = access.table("notices", {
  id: uuid("id").primaryKey(),
  kind: text("kind", {
    enum: [
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
    ],
  }).notNull(),
  audience: text("audience").array().notNull(),
  at: instant("at").notNull(),
  level: smallint("level").notNull(),
  staffId: uuid("staff_id"),
  otherId: uuid("other_id"),
  caseId: uuid("case_id"),
  requestId: uuid("request_id"),
  breakGlassId: uuid("break_glass_id"),
  lawfulRequestId: uuid("lawful_request_id"),
  holdId: uuid("hold_id"),
  daysLeft: integer("days_left"),
});

export const noticeAcknowledgements = access.table(
  "notice_acknowledgements",
  {
    noticeId: uuid("notice_id").notNull(),
    staffId: uuid("staff_id").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.noticeId, t.staffId] })],
);

/** Compliance alone knows of it. */
export const watchList = access.table("watch_list", {
  id: uuid("id").primaryKey(),
  platformId: uuid("platform_id").notNull(),
  participantId: text("participant_id").notNull(),
  category: text("category", { enum: ["journalist", "official", "staff", "in_the_news"] }).notNull(),
  reason: text("reason").notNull(),
  addedBy: uuid("added_by").notNull(),
  addedAt: instant("added_at").notNull(),
  until: instant("until"),
  endedAt: instant("ended_at"),
  endedBy: uuid("ended_by"),
});

/** Digests of the last reasons that one person wrote. */
export const recentReasons = access.table("recent_reasons", {
  staffId: uuid("staff_id").primaryKey(),
  digests: bytea("digests").array().notNull(),
});
