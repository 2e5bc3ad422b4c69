import { bigint, boolean, integer, jsonb, pgSchema, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { access } from "./access.ts";
import { sealed } from "./sealed.ts";
import { bytea, instant, xid8 } from "./types.ts";

/**
 * CyberTip reports. Mirrors migrations/0020 so that the mirror is whole: no login role reads any of it, functions answer.
 */
export const cybertip = pgSchema("cybertip");

export const cybertipSettings = cybertip.table("settings", {
  onlyOne: boolean("only_one").primaryKey(),
  secretId: uuid("secret_id").notNull(),
  environment: text("environment").notNull(),
  base: text("base"),
  username: text("username"),
  passwordKey: uuid("password_key"),
  passwordCt: bytea("password_ct"),
  reporter: jsonb("reporter"),
  schemaVersion: text("schema_version").notNull(),
  live: boolean("live").notNull(),
  dueHours: integer("due_hours").notNull(),
  mostBytes: bigint("most_bytes", { mode: "number" }).notNull(),
  changedAt: instant("changed_at").notNull(),
});

export const schemaChecks = cybertip.table("schema_checks", {
  id: uuid("id").primaryKey(),
  checkedAt: instant("checked_at").notNull(),
  environment: text("environment").notNull(),
  version: text("version").notNull(),
  outcome: text("outcome").notNull(),
  sha256: text("sha256"),
  differences: jsonb("differences").notNull(),
  cause: text("cause"),
  requestId: text("request_id"),
});

export const cybertipReports = cybertip.table("reports", {
  id: uuid("id").primaryKey(),
  number: bigint("number", { mode: "number" }).notNull(),
  caseId: uuid("case_id").notNull(),
  threadId: uuid("thread_id").notNull(),
  platformId: uuid("platform_id").notNull(),
  region: text("region").notNull(),
  kind: text("kind").notNull(),
  supplements: uuid("supplements"),
  state: text("state").notNull(),
  stuckCode: text("stuck_code"),
  stuckFileNo: integer("stuck_file_no"),
  stuckAt: instant("stuck_at"),
  way: text("way"),
  revision: integer("revision").notNull(),
  approvedRevision: integer("approved_revision"),
  approvedDigest: bytea("approved_digest"),
  approvedBy: uuid("approved_by"),
  startedBy: uuid("started_by").notNull(),
  startedAt: instant("started_at").notNull(),
  dueAt: instant("due_at").notNull(),
  handedInBy: uuid("handed_in_by"),
  handedInAt: instant("handed_in_at"),
  approvedAt: instant("approved_at"),
  filingBy: uuid("filing_by"),
  filingAt: instant("filing_at"),
  stopAskedBy: uuid("stop_asked_by"),
  stopAskedAt: instant("stop_asked_at"),
  environment: text("environment"),
  ncmecReportId: text("ncmec_report_id"),
  filedAt: instant("filed_at"),
  withdrawnBy: uuid("withdrawn_by"),
  withdrawnAt: instant("withdrawn_at"),
  withdrawnReason: text("withdrawn_reason"),
  destroyedAt: instant("destroyed_at"),
  changedAt: instant("changed_at").notNull(),
});

export const cybertipRevisions = cybertip.table(
  "revisions",
  {
    reportId: uuid("report_id").notNull(),
    revision: integer("revision").notNull(),
    digest: bytea("digest").notNull(),
    errors: integer("errors").notNull(),
    warnings: integer("warnings").notNull(),
    incidentType: text("incident_type"),
    highPriority: boolean("high_priority").notNull(),
    annotations: text("annotations").array().notNull(),
    persons: integer("persons").notNull(),
    victims: integer("victims").notNull(),
    transcript: boolean("transcript").notNull(),
    viewId: uuid("view_id").notNull(),
    savedBy: uuid("saved_by").notNull(),
    sessionId: uuid("session_id").notNull(),
    savedAt: instant("saved_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.revision] })],
);

export const cybertipRevisionFiles = cybertip.table(
  "revision_files",
  {
    reportId: uuid("report_id").notNull(),
    revision: integer("revision").notNull(),
    fileNo: integer("file_no").notNull(),
    threadId: uuid("thread_id").notNull(),
    messageId: uuid("message_id").notNull(),
    messageRevision: integer("message_revision").notNull(),
    ordinal: integer("ordinal").notNull(),
    included: boolean("included").notNull(),
    reason: text("reason"),
    classification: text("classification"),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.revision, t.fileNo] })],
);

export const cybertipDrafts = sealed.table(
  "cybertip_drafts",
  {
    threadId: uuid("thread_id").notNull(),
    reportId: uuid("report_id").notNull(),
    revision: integer("revision").notNull(),
    keyId: uuid("key_id").notNull(),
    draftCt: bytea("draft_ct").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.reportId, t.revision] })],
);

export const cybertipAccounts = sealed.table(
  "cybertip_accounts",
  {
    threadId: uuid("thread_id").notNull(),
    reportId: uuid("report_id").notNull(),
    revision: integer("revision").notNull(),
    part: text("part").notNull(),
    platformId: uuid("platform_id").notNull(),
    platformParticipantId: text("platform_participant_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.reportId, t.revision, t.part, t.platformParticipantId] })],
);

export const cybertipAnswers = sealed.table(
  "cybertip_answers",
  {
    threadId: uuid("thread_id").notNull(),
    stepId: uuid("step_id").notNull(),
    keyId: uuid("key_id").notNull(),
    answerCt: bytea("answer_ct").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.stepId] })],
);

export const draftReads = cybertip.table("draft_reads", {
  id: uuid("id").primaryKey(),
  reportId: uuid("report_id").notNull(),
  revision: integer("revision").notNull(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  viewId: uuid("view_id").notNull(),
  eventId: uuid("event_id").notNull(),
  readXid: xid8("read_xid").notNull(),
  readAt: instant("read_at").notNull(),
});

export const cybertipApprovals = cybertip.table("approvals", {
  id: uuid("id").primaryKey(),
  reportId: uuid("report_id").notNull(),
  revision: integer("revision").notNull(),
  digest: bytea("digest").notNull(),
  handedInBy: uuid("handed_in_by").notNull(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  answer: text("answer").notNull(),
  note: text("note"),
  readId: uuid("read_id"),
  at: instant("at").notNull(),
});

export const cybertipHistory = cybertip.table("history", {
  id: uuid("id").primaryKey(),
  reportId: uuid("report_id").notNull(),
  at: instant("at").notNull(),
  staffId: uuid("staff_id"),
  what: text("what").notNull(),
  fromState: text("from_state"),
  toState: text("to_state").notNull(),
  revision: integer("revision").notNull(),
  note: text("note"),
  eventId: uuid("event_id").notNull(),
});

export const cybertipReadings = cybertip.table("readings", {
  id: uuid("id").primaryKey(),
  reportId: uuid("report_id").notNull(),
  threadId: uuid("thread_id").notNull(),
  kind: text("kind").notNull(),
  staffId: uuid("staff_id"),
  sessionId: uuid("session_id"),
  attemptId: uuid("attempt_id"),
  viewId: uuid("view_id"),
  revision: integer("revision").notNull(),
  reason: text("reason"),
  eventId: uuid("event_id").notNull(),
  openedXid: xid8("opened_xid").notNull(),
  openedAt: instant("opened_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
});

export const cybertipAttempts = cybertip.table("attempts", {
  id: uuid("id").primaryKey(),
  reportId: uuid("report_id").notNull(),
  n: integer("n").notNull(),
  environment: text("environment").notNull(),
  schemaVersion: text("schema_version").notNull(),
  revision: integer("revision").notNull(),
  digest: bytea("digest").notNull(),
  ncmecReportId: text("ncmec_report_id"),
  state: text("state").notNull(),
  why: text("why"),
  openedAt: instant("opened_at").notNull(),
  submittedAt: instant("submitted_at"),
  lastChangeAt: instant("last_change_at"),
  expiresAt: instant("expires_at"),
  endedAt: instant("ended_at"),
  nextTryAt: instant("next_try_at"),
  tries: integer("tries").notNull(),
  leaseToken: uuid("lease_token"),
  leasedBy: text("leased_by"),
  leasedUntil: instant("leased_until"),
});

export const cybertipSteps = cybertip.table("steps", {
  id: uuid("id").primaryKey(),
  attemptId: uuid("attempt_id").notNull(),
  n: integer("n").notNull(),
  kind: text("kind").notNull(),
  fileNo: integer("file_no"),
  state: text("state").notNull(),
  try: integer("try").notNull(),
  leaseToken: uuid("lease_token").notNull(),
  readingId: uuid("reading_id"),
  begunAt: instant("begun_at").notNull(),
  endedAt: instant("ended_at"),
  milliseconds: integer("milliseconds"),
  httpStatus: integer("http_status"),
  code: integer("code"),
  requestId: text("request_id"),
  sentSha256: text("sent_sha256"),
  sentMd5: text("sent_md5"),
  sentBytes: bigint("sent_bytes", { mode: "number" }),
  answerSha256: text("answer_sha256"),
  fileId: text("file_id"),
  md5: text("md5"),
  inDoubt: boolean("in_doubt").notNull(),
  cause: text("cause"),
});

export const cybertipReceipts = cybertip.table("receipts", {
  reportId: uuid("report_id").primaryKey(),
  attemptId: uuid("attempt_id"),
  stepId: uuid("step_id"),
  environment: text("environment").notNull(),
  ncmecReportId: text("ncmec_report_id").notNull(),
  fileIds: text("file_ids").array().notNull(),
  answer: text("answer"),
  answerSha256: text("answer_sha256"),
  requestId: text("request_id"),
  filedAt: instant("filed_at").notNull(),
  keptAt: instant("kept_at").notNull(),
  eventId: uuid("event_id").notNull(),
});

export const cybertipHolds = cybertip.table("holds", {
  id: uuid("id").primaryKey(),
  threadId: uuid("thread_id").notNull(),
  reportId: uuid("report_id").notNull(),
  kind: text("kind").notNull(),
  fromAt: instant("from_at").notNull(),
  untilAt: instant("until_at").notNull(),
  reason: text("reason").notNull(),
  reference: text("reference"),
  madeBy: uuid("made_by"),
  madeAt: instant("made_at").notNull(),
  releasedAt: instant("released_at"),
  releasedBy: uuid("released_by"),
  destructionId: uuid("destruction_id"),
});

export const cybertipDestructions = cybertip.table("destructions", {
  id: uuid("id").primaryKey(),
  reportId: uuid("report_id").notNull(),
  threadId: uuid("thread_id").notNull(),
  state: text("state").notNull(),
  reference: text("reference").notNull(),
  reason: text("reason").notNull(),
  askedBy: uuid("asked_by").notNull(),
  askedAt: instant("asked_at").notNull(),
  confirmedBy: uuid("confirmed_by"),
  endedAt: instant("ended_at"),
  proof: jsonb("proof"),
  proofSha256: bytea("proof_sha256"),
  eventId: uuid("event_id").notNull(),
});

export const attachmentSources = cybertip.table("attachment_sources", {
  platformId: uuid("platform_id").primaryKey(),
  secretId: uuid("secret_id").notNull(),
  origins: text("origins").array().notNull(),
  inside: boolean("inside").notNull(),
  header: text("header").notNull(),
  tokenKey: uuid("token_key"),
  tokenCt: bytea("token_ct"),
  changedAt: instant("changed_at").notNull(),
});

export const attachmentReadings = access.table("attachment_readings", {
  id: uuid("id").primaryKey(),
  viewId: uuid("view_id").notNull(),
  caseId: uuid("case_id").notNull(),
  threadId: uuid("thread_id").notNull(),
  messageId: uuid("message_id").notNull(),
  revision: integer("revision").notNull(),
  ordinal: integer("ordinal").notNull(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  eventId: uuid("event_id").notNull(),
  openedXid: xid8("opened_xid").notNull(),
  openedAt: instant("opened_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  sentWholeAt: instant("sent_whole_at"),
  sha256: text("sha256"),
  sentBytes: bigint("sent_bytes", { mode: "number" }),
  shownAt: instant("shown_at"),
  shownEvent: uuid("shown_event"),
  shownXid: xid8("shown_xid"),
});
