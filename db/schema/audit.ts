import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant } from "./types.ts";

/** What happened. Append-only, in partitions by month. Mirrors migrations/0004 and 0009. */
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

export const leaves = audit.table("leaves", {
  logIndex: bigint("log_index", { mode: "number" }).primaryKey(),
  eventId: uuid("event_id").notNull(),
  leaf: text("leaf").notNull(),
});

/** The leaf of each event, waiting (no index) or in its place. */
export const everyLeaf = audit
  .view("every_leaf", {
    eventId: uuid("event_id").notNull(),
    logIndex: bigint("log_index", { mode: "number" }),
    leaf: text("leaf").notNull(),
  })
  .existing();

export const tiles = audit.table(
  "tiles",
  {
    level: smallint("level").notNull(),
    tile: bigint("tile", { mode: "number" }).notNull(),
    hashes: bytea("hashes").notNull(),
  },
  (t) => [primaryKey({ columns: [t.level, t.tile] })],
);

export const checkpoints = audit.table("checkpoints", {
  size: bigint("size", { mode: "number" }).primaryKey(),
  root: bytea("root").notNull(),
  note: text("note").notNull(),
  signedAt: instant("signed_at").notNull(),
});

export const logKeys = audit.table("log_keys", {
  vkey: text("vkey").primaryKey(),
  keyId: text("key_id").notNull(),
  origin: text("origin").notNull(),
  addedAt: instant("added_at").notNull(),
  addedSize: bigint("added_size", { mode: "number" }).notNull(),
  afterLoss: boolean("after_loss").notNull(),
});

export const logKeyEnds = audit.table("log_key_ends", {
  vkey: text("vkey").primaryKey(),
  endedAt: instant("ended_at").notNull(),
  endedSize: bigint("ended_size", { mode: "number" }).notNull(),
});

export const cosignatures = audit.table(
  "cosignatures",
  {
    size: bigint("size", { mode: "number" }).notNull(),
    witness: text("witness").notNull(),
    line: text("line").notNull(),
    signedAt: instant("signed_at").notNull(),
    addedAt: instant("added_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.size, t.witness] })],
);

export const timestamps = audit.table(
  "timestamps",
  {
    size: bigint("size", { mode: "number" }).notNull(),
    sink: text("sink").notNull(),
    token: bytea("token").notNull(),
    stampedAt: instant("stamped_at").notNull(),
    addedAt: instant("added_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.size, t.sink] })],
);

export const logSinks = audit.table("log_sinks", {
  name: text("name").primaryKey(),
  kind: text("kind", { enum: ["witness", "folder", "timestamp"] }).notNull(),
  lastSize: bigint("last_size", { mode: "number" }),
  deliveredAt: instant("delivered_at"),
  triedAt: instant("tried_at"),
  failures: integer("failures").notNull(),
  problem: text("problem"),
  nextTryAt: instant("next_try_at"),
  removed: boolean("removed").notNull(),
});

export const sequencer = audit.table("sequencer", {
  one: boolean("one").primaryKey(),
  state: text("state", { enum: ["never", "running", "stopped"] }).notNull(),
  problem: text("problem"),
  since: instant("since").notNull(),
  seenAt: instant("seen_at").notNull(),
  instance: text("instance"),
});

export const logSettings = audit.table("log_settings", {
  one: boolean("one").primaryKey(),
  strict: boolean("strict").notNull(),
  changedAt: instant("changed_at").notNull(),
});

/** The log checked against itself, from the console. Mirrors migrations/0013. */
export const verifications = audit.table("verifications", {
  id: uuid("id").primaryKey(),
  askedBy: uuid("asked_by").notNull(),
  askedAt: instant("asked_at").notNull(),
  state: text("state", {
    enum: ["waiting", "running", "sound", "unsound", "cancelled", "broken"],
  }).notNull(),
  run: uuid("run"),
  phase: text("phase", { enum: ["leaves", "events"] }),
  done: bigint("done", { mode: "number" }).notNull(),
  total: bigint("total", { mode: "number" }).notNull(),
  seenAt: instant("seen_at"),
  endedAt: instant("ended_at"),
  result: jsonb("result"),
});

export const siemKeys = audit.table("siem_keys", {
  id: uuid("id").primaryKey(),
  label: text("label").notNull(),
  keyHash: bytea("key_hash").notNull(),
  scopes: text("scopes").array().notNull(),
  firstIndex: bigint("first_index", { mode: "number" }).notNull(),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at"),
  revokedAt: instant("revoked_at"),
  firstUsedAt: instant("first_used_at"),
  lastUsedAt: instant("last_used_at"),
  lastIndex: bigint("last_index", { mode: "number" }),
});

export const siemSinks = audit.table("siem_sinks", {
  name: text("name", { enum: ["syslog", "https"] }).primaryKey(),
  target: text("target").notNull(),
  nextIndex: bigint("next_index", { mode: "number" }).notNull(),
  configuredAt: instant("configured_at").notNull(),
  deliveredAt: instant("delivered_at"),
  seenAt: instant("seen_at"),
  instance: text("instance"),
  failures: integer("failures").notNull(),
  failingSince: instant("failing_since"),
  alertedAt: instant("alerted_at"),
  problem: text("problem"),
  nextTryAt: instant("next_try_at"),
  removed: boolean("removed").notNull(),
});

export const siemGaps = audit.table("siem_gaps", {
  firstIndex: bigint("first_index", { mode: "number" }).primaryKey(),
  lastIndex: bigint("last_index", { mode: "number" }).notNull(),
  foundAt: instant("found_at").notNull(),
});
