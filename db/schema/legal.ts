import { bigint, boolean, date, integer, pgSchema, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { sealed } from "./sealed.ts";
import { bytea, instant, xid8 } from "./types.ts";

/**
 * Lawful requests. Mirrors migrations/0016 so that the mirror is whole: no login role reads any of it, functions answer.
 */
export const legal = pgSchema("legal");

export const legalSettings = legal.table("settings", {
  onlyOne: boolean("only_one").primaryKey(),
  mostDocument: bigint("most_document", { mode: "number" }).notNull(),
  mostDocuments: integer("most_documents").notNull(),
  broadAccounts: integer("broad_accounts").notNull(),
  broadDays: integer("broad_days").notNull(),
  broadMessages: bigint("broad_messages", { mode: "number" }).notNull(),
  checkDays: integer("check_days").notNull(),
  holidays: date("holidays").array().notNull(),
  changedAt: instant("changed_at").notNull(),
});

export const legalAgencies = legal.table("agencies", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  country: text("country").notNull(),
  kind: text("kind").notNull(),
  domains: text("domains").array().notNull(),
  source: text("source").notNull(),
  enteredBy: uuid("entered_by").notNull(),
  enteredAt: instant("entered_at").notNull(),
  retiredBy: uuid("retired_by"),
  retiredAt: instant("retired_at"),
  changedAt: instant("changed_at").notNull(),
});

export const legalAgencyNumbers = legal.table("agency_numbers", {
  id: uuid("id").primaryKey(),
  agencyId: uuid("agency_id").notNull(),
  number: text("number").notNull(),
  label: text("label").notNull(),
  source: text("source").notNull(),
  enteredBy: uuid("entered_by").notNull(),
  enteredAt: instant("entered_at").notNull(),
  confirmedBy: uuid("confirmed_by"),
  confirmedAt: instant("confirmed_at"),
  confirmSource: text("confirm_source"),
  retiredBy: uuid("retired_by"),
  retiredAt: instant("retired_at"),
  retiredReason: text("retired_reason"),
});

export const legalRequests = legal.table("requests", {
  id: uuid("id").primaryKey(),
  number: bigint("number", { mode: "number" }).notNull(),
  type: text("type").notNull(),
  jurisdiction: text("jurisdiction").notNull(),
  issuer: text("issuer").notNull(),
  agencyId: uuid("agency_id"),
  agencyName: text("agency_name").notNull(),
  officerName: text("officer_name").notNull(),
  officerEmail: text("officer_email"),
  officerPhone: text("officer_phone"),
  reference: text("reference").notNull(),
  channel: text("channel").notNull(),
  receivedAt: instant("received_at").notNull(),
  issuedAt: instant("issued_at"),
  expiresAt: instant("expires_at"),
  returnAt: instant("return_at"),
  emergency: boolean("emergency").notNull(),
  dueAt: instant("due_at").notNull(),
  dueRule: text("due_rule").notNull(),
  localZone: text("local_zone").notNull(),
  categories: text("categories").array().notNull(),
  allowed: text("allowed").array().notNull(),
  rangeFrom: instant("range_from"),
  rangeTo: instant("range_to"),
  childSafety: boolean("child_safety").notNull(),
  nature: text("nature").notNull(),
  state: text("state").notNull(),
  outcome: text("outcome"),
  acknowledgedAt: instant("acknowledged_at"),
  acknowledgedBy: uuid("acknowledged_by"),
  producedAt: instant("produced_at"),
  closedAt: instant("closed_at"),
  noticePolicy: text("notice_policy").notNull(),
  gagReference: text("gag_reference"),
  gagUntil: instant("gag_until"),
  gagIndefinite: boolean("gag_indefinite").notNull(),
  digest: bytea("digest").notNull(),
  scopeVersion: integer("scope_version").notNull(),
  requesterVersion: integer("requester_version").notNull(),
  duplicateOf: uuid("duplicate_of"),
  registeredBy: uuid("registered_by").notNull(),
  registeredAt: instant("registered_at").notNull(),
  scopedBy: uuid("scoped_by").notNull(),
  handledBy: uuid("handled_by"),
  handledAt: instant("handled_at"),
  approvedBy: uuid("approved_by"),
  approvedAt: instant("approved_at"),
  approvedVersion: integer("approved_version"),
  endedBy: uuid("ended_by"),
  endedReason: text("ended_reason"),
  endedGround: text("ended_ground"),
  changedAt: instant("changed_at").notNull(),
});

export const legalRequestAccounts = legal.table(
  "request_accounts",
  {
    requestId: uuid("request_id").notNull(),
    n: integer("n").notNull(),
    platformId: uuid("platform_id").notNull(),
    platformParticipantId: text("platform_participant_id").notNull(),
    addedVersion: integer("added_version").notNull(),
    droppedVersion: integer("dropped_version"),
    addedBy: uuid("added_by").notNull(),
    addedAt: instant("added_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.n] })],
);

export const legalDocuments = legal.table("documents", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  n: integer("n").notNull(),
  name: text("name").notNull(),
  sentName: text("sent_name").notNull(),
  kind: text("kind").notNull(),
  mediaType: text("media_type").notNull(),
  warnings: text("warnings").array().notNull(),
  keyId: uuid("key_id").notNull(),
  pieces: integer("pieces").notNull(),
  sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
  sha256: text("sha256").notNull(),
  addedBy: uuid("added_by").notNull(),
  addedAt: instant("added_at").notNull(),
  eventId: uuid("event_id").notNull(),
});

export const legalDocumentPieces = sealed.table(
  "legal_document_pieces",
  {
    threadId: uuid("thread_id").notNull(),
    documentId: uuid("document_id").notNull(),
    n: integer("n").notNull(),
    keyId: uuid("key_id").notNull(),
    pieceCt: bytea("piece_ct").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.documentId, t.n] })],
);

export const legalDocumentReadings = legal.table("document_readings", {
  id: uuid("id").primaryKey(),
  documentId: uuid("document_id").notNull(),
  requestId: uuid("request_id").notNull(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  eventId: uuid("event_id").notNull(),
  openedXid: xid8("opened_xid").notNull(),
  openedAt: instant("opened_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
});

export const legalVerifications = legal.table("verifications", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  requesterVersion: integer("requester_version").notNull(),
  kind: text("kind").notNull(),
  outcome: text("outcome").notNull(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  numberId: uuid("number_id"),
  documentId: uuid("document_id"),
  spokeWith: text("spoke_with"),
  calledAt: instant("called_at"),
  findings: text("findings").array().notNull(),
  note: text("note").notNull(),
  at: instant("at").notNull(),
  eventId: uuid("event_id").notNull(),
});

export const legalExceptions = legal.table("exceptions", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  scopeVersion: integer("scope_version").notNull(),
  category: text("category").notNull(),
  reason: text("reason").notNull(),
  askedBy: uuid("asked_by").notNull(),
  askedAt: instant("asked_at").notNull(),
  state: text("state").notNull(),
  answeredBy: uuid("answered_by"),
  answeredAt: instant("answered_at"),
  answer: text("answer"),
  eventId: uuid("event_id").notNull(),
});

export const legalApprovals = legal.table("approvals", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  scopeVersion: integer("scope_version").notNull(),
  requesterVersion: integer("requester_version").notNull(),
  digest: bytea("digest").notNull(),
  categories: text("categories").array().notNull(),
  emergency: boolean("emergency").notNull(),
  checks: uuid("checks").array().notNull(),
  handledBy: uuid("handled_by").notNull(),
  scopedBy: uuid("scoped_by").notNull(),
  registeredBy: uuid("registered_by").notNull(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  note: text("note"),
  at: instant("at").notNull(),
  eventId: uuid("event_id").notNull(),
});

export const legalHistory = legal.table("history", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  at: instant("at").notNull(),
  staffId: uuid("staff_id"),
  what: text("what").notNull(),
  fromState: text("from_state"),
  toState: text("to_state").notNull(),
  scopeVersion: integer("scope_version").notNull(),
  note: text("note"),
  eventId: uuid("event_id").notNull(),
});
