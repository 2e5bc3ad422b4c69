import { bigint, boolean, customType, integer, jsonb, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { legal } from "./legal.ts";
import { sealed } from "./sealed.ts";
import { bytea, instant, xid8 } from "./types.ts";

/** Packets. Mirrors migrations/0019 so that the mirror is whole: no login role reads any of it, functions answer. */
const int8range = customType<{ data: string }>({ dataType: () => "int8range" });

export const legalPacketSettings = legal.table("packet_settings", {
  onlyOne: boolean("only_one").primaryKey(),
  organisation: text("organisation"),
  address: text("address"),
  contactName: text("contact_name"),
  contactEmail: text("contact_email"),
  contactPhone: text("contact_phone"),
  batesPrefix: text("bates_prefix").notNull(),
  mostBytes: bigint("most_bytes", { mode: "number" }).notNull(),
  changedAt: instant("changed_at").notNull(),
});

export const legalBatesSeries = legal.table("bates_series", {
  onlyOne: boolean("only_one").primaryKey(),
  nextNumber: bigint("next_number", { mode: "number" }).notNull(),
});

export const legalProductions = legal.table("productions", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  collectionId: uuid("collection_id").notNull(),
  round: integer("round").notNull(),
  decisionsDigest: bytea("decisions_digest").notNull(),
  scopeVersion: integer("scope_version").notNull(),
  volume: integer("volume").notNull(),
  state: text("state").notNull(),
  batesPrefix: text("bates_prefix").notNull(),
  numbers: int8range("numbers").notNull(),
  firstNumber: bigint("first_number", { mode: "number" }).notNull(),
  recordsTotal: bigint("records_total", { mode: "number" }).notNull(),
  threads: integer("threads").notNull(),
  categories: text("categories").array().notNull(),
  facts: jsonb("facts").notNull(),
  note: text("note"),
  toolVersion: text("tool_version").notNull(),
  askedBy: uuid("asked_by").notNull(),
  sessionId: uuid("session_id").notNull(),
  askedAt: instant("asked_at").notNull(),
  askedEvent: uuid("asked_event").notNull(),
  tries: integer("tries").notNull(),
  failures: integer("failures").notNull(),
  leaseToken: uuid("lease_token"),
  leasedBy: text("leased_by"),
  leasedUntil: instant("leased_until"),
  nextTryAt: instant("next_try_at"),
  recordsDone: bigint("records_done", { mode: "number" }).notNull(),
  stuckCode: text("stuck_code"),
  stuckPath: text("stuck_path"),
  stuckAt: instant("stuck_at"),
  exportEvent: uuid("export_event"),
  manifestSha512: bytea("manifest_sha512"),
  zipSha512: bytea("zip_sha512"),
  zipBytes: bigint("zip_bytes", { mode: "number" }),
  vkey: text("vkey"),
  builtAt: instant("built_at"),
  answeredBy: uuid("answered_by"),
  answeredAt: instant("answered_at"),
  answerNote: text("answer_note"),
  discardedWhy: text("discarded_why"),
  discardedBy: uuid("discarded_by"),
  discardedAt: instant("discarded_at"),
  discardReason: text("discard_reason"),
  changedAt: instant("changed_at").notNull(),
});

export const legalProductionParts = legal.table(
  "production_parts",
  {
    productionId: uuid("production_id").notNull(),
    n: integer("n").notNull(),
    path: text("path"),
    kind: text("kind").notNull(),
    state: text("state").notNull(),
    detail: jsonb("detail").notNull(),
    records: bigint("records", { mode: "number" }).notNull(),
    crc32: bigint("crc32", { mode: "number" }),
    size: bigint("size", { mode: "number" }),
    deflated: bigint("deflated", { mode: "number" }),
    pieces: integer("pieces"),
    sha256: bytea("sha256"),
    sha512: bytea("sha512"),
    doneAt: instant("done_at"),
  },
  (t) => [primaryKey({ columns: [t.productionId, t.n] })],
);

export const legalPieces = sealed.table(
  "legal_pieces",
  {
    threadId: uuid("thread_id").notNull(),
    partNo: integer("part_no").notNull(),
    n: integer("n").notNull(),
    keyId: uuid("key_id").notNull(),
    pieceCt: bytea("piece_ct").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.partNo, t.n] })],
);

export const legalProductionReadings = legal.table("production_readings", {
  id: uuid("id").primaryKey(),
  productionId: uuid("production_id").notNull(),
  kind: text("kind").notNull(),
  staffId: uuid("staff_id"),
  sessionId: uuid("session_id"),
  downloadId: uuid("download_id"),
  leaseToken: uuid("lease_token"),
  reason: text("reason"),
  eventId: uuid("event_id").notNull(),
  openedXid: xid8("opened_xid").notNull(),
  openedAt: instant("opened_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
});

export const legalComparisons = legal.table("comparisons", {
  id: uuid("id").primaryKey(),
  productionId: uuid("production_id").notNull(),
  manifestSha512: bytea("manifest_sha512").notNull(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  eventId: uuid("event_id").notNull(),
  readXid: xid8("read_xid").notNull(),
  readAt: instant("read_at").notNull(),
});

export const legalReleases = legal.table("releases", {
  id: uuid("id").primaryKey(),
  productionId: uuid("production_id").notNull(),
  manifestSha512: bytea("manifest_sha512").notNull(),
  askedBy: uuid("asked_by").notNull(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  answer: text("answer").notNull(),
  note: text("note"),
  comparisonId: uuid("comparison_id"),
  at: instant("at").notNull(),
  eventId: uuid("event_id").notNull(),
});

export const legalDeliveries = legal.table("deliveries", {
  id: uuid("id").primaryKey(),
  productionId: uuid("production_id").notNull(),
  recipientName: text("recipient_name").notNull(),
  linkBy: text("link_by").notNull(),
  codeBy: text("code_by").notNull(),
  encryption: text("encryption").notNull(),
  recipientKey: text("recipient_key"),
  keyName: text("key_name"),
  tokenHash: bytea("token_hash").notNull(),
  codeMac: bytea("code_mac").notNull(),
  codeN: integer("code_n").notNull(),
  triesLeft: integer("tries_left").notNull(),
  expiresAt: instant("expires_at").notNull(),
  createdBy: uuid("created_by").notNull(),
  createdAt: instant("created_at").notNull(),
  openedAt: instant("opened_at"),
  fetchedAt: instant("fetched_at"),
  recalledAt: instant("recalled_at"),
  recalledBy: uuid("recalled_by"),
  recallReason: text("recall_reason"),
  acknowledgedAt: instant("acknowledged_at"),
  acknowledgedAs: text("acknowledged_as"),
  acknowledgedSha512: text("acknowledged_sha512"),
  hashAgrees: boolean("hash_agrees"),
});

export const legalDeliveryTickets = legal.table("delivery_tickets", {
  tokenHash: bytea("token_hash").primaryKey(),
  deliveryId: uuid("delivery_id").notNull(),
  codeN: integer("code_n").notNull(),
  openedAt: instant("opened_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
});

export const legalDownloads = legal.table("downloads", {
  id: uuid("id").primaryKey(),
  deliveryId: uuid("delivery_id").notNull(),
  fromByte: bigint("from_byte", { mode: "number" }).notNull(),
  begunAt: instant("begun_at").notNull(),
  endedAt: instant("ended_at"),
  whole: boolean("whole"),
  bytes: bigint("bytes", { mode: "number" }),
  ip: text("ip"),
});

export const legalDeliveryTries = legal.table("delivery_tries", {
  id: uuid("id").primaryKey(),
  deliveryId: uuid("delivery_id"),
  ip: text("ip"),
  succeeded: boolean("succeeded").notNull(),
  at: instant("at").notNull(),
});
