import { bigint, boolean, integer, jsonb, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { legal } from "./legal.ts";
import { sealed } from "./sealed.ts";
import { bytea, instant } from "./types.ts";

/** Holds, erasures and notices to accounts. Mirrors migrations/0017: no login role reads any of it, functions answer. */

export const legalHolds = legal.table("holds", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  kind: text("kind").notNull(),
  fromAt: instant("from_at").notNull(),
  untilAt: instant("until_at"),
  rangeFrom: instant("range_from"),
  rangeTo: instant("range_to"),
  reason: text("reason").notNull(),
  reference: text("reference"),
  counts: jsonb("counts").notNull(),
  madeBy: uuid("made_by").notNull(),
  madeAt: instant("made_at").notNull(),
  byCollection: boolean("by_collection").notNull(),
  eventId: uuid("event_id").notNull(),
  renewals: integer("renewals").notNull(),
  productionRequestId: uuid("production_request_id"),
  reviewDueAt: instant("review_due_at"),
  releaseAskedBy: uuid("release_asked_by"),
  releaseAskedAt: instant("release_asked_at"),
  releaseReason: text("release_reason"),
  releasedBy: uuid("released_by"),
  releasedAt: instant("released_at"),
  reminded: integer("reminded"),
});

export const legalHoldAccounts = legal.table(
  "hold_accounts",
  {
    holdId: uuid("hold_id").notNull(),
    n: integer("n").notNull(),
    platformId: uuid("platform_id").notNull(),
    platformParticipantId: text("platform_participant_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.holdId, t.platformId, t.platformParticipantId] })],
);

export const legalHoldThreads = legal.table(
  "hold_threads",
  {
    holdId: uuid("hold_id").notNull(),
    threadId: uuid("thread_id").notNull(),
    region: text("region").notNull(),
    heldSince: instant("held_since").notNull(),
    arrived: boolean("arrived").notNull(),
    asOf: instant("as_of"),
    inventory: jsonb("inventory"),
    sha256: bytea("sha256"),
    messages: bigint("messages", { mode: "number" }),
    hashedAt: instant("hashed_at"),
  },
  (t) => [primaryKey({ columns: [t.holdId, t.threadId] })],
);

export const legalHoldSteps = legal.table("hold_steps", {
  id: uuid("id").primaryKey(),
  holdId: uuid("hold_id").notNull(),
  at: instant("at").notNull(),
  what: text("what").notNull(),
  staffId: uuid("staff_id"),
  reason: text("reason"),
  reference: text("reference"),
  untilAt: instant("until_at"),
  eventId: uuid("event_id").notNull(),
});

export const legalHoldChecks = legal.table("hold_checks", {
  id: uuid("id").primaryKey(),
  holdId: uuid("hold_id").notNull(),
  askedBy: uuid("asked_by").notNull(),
  askedAt: instant("asked_at").notNull(),
  finishedAt: instant("finished_at"),
  eventId: uuid("event_id").notNull(),
});

export const legalHoldCheckThreads = legal.table(
  "hold_check_threads",
  {
    checkId: uuid("check_id").notNull(),
    threadId: uuid("thread_id").notNull(),
    sha256: bytea("sha256").notNull(),
    same: boolean("same").notNull(),
    differing: text("differing").array().notNull(),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.checkId, t.threadId] })],
);

export const keptIdentities = sealed.table(
  "kept_identities",
  {
    threadId: uuid("thread_id").notNull(),
    id: uuid("id").notNull(),
    n: integer("n").notNull(),
    keyId: uuid("key_id").notNull(),
    identityCt: bytea("identity_ct").notNull(),
    identityMac: bytea("identity_mac").notNull(),
    ageBand: text("age_band").notNull(),
    accountAgeDays: integer("account_age_days"),
    country: text("country"),
    keptAt: instant("kept_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.id, t.n] })],
);

export const keptKeys = sealed.table(
  "kept_keys",
  {
    threadId: uuid("thread_id").notNull(),
    keyId: uuid("key_id").notNull(),
    n: integer("n").notNull(),
    kekId: text("kek_id").notNull(),
    wrapped: bytea("wrapped").notNull(),
    keptAt: instant("kept_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.keyId, t.n] })],
);

export const legalErasures = legal.table("erasures", {
  id: uuid("id").primaryKey(),
  number: bigint("number", { mode: "number" }).notNull(),
  platformId: uuid("platform_id").notNull(),
  platformErasureId: text("platform_erasure_id").notNull(),
  scope: text("scope").notNull(),
  subject: text("subject"),
  salt: bytea("salt").notNull(),
  subjectHash: bytea("subject_hash").notNull(),
  askedAt: instant("asked_at"),
  receivedAt: instant("received_at").notNull(),
  state: text("state").notNull(),
  checkedAt: instant("checked_at"),
  erased: jsonb("erased").notNull(),
  doneAt: instant("done_at"),
  proof: text("proof"),
  proofSha256: bytea("proof_sha256"),
  eventId: uuid("event_id").notNull(),
});

export const legalErasureThreads = legal.table(
  "erasure_threads",
  {
    erasureId: uuid("erasure_id").notNull(),
    threadId: uuid("thread_id").notNull(),
    state: text("state").notNull(),
    counts: jsonb("counts").notNull(),
    digest: bytea("digest"),
    doneAt: instant("done_at"),
  },
  (t) => [primaryKey({ columns: [t.erasureId, t.threadId] })],
);

export const legalGags = legal.table("gags", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  reference: text("reference").notNull(),
  untilAt: instant("until_at"),
  since: instant("since").notNull(),
  reviewDueAt: instant("review_due_at"),
  endedAt: instant("ended_at"),
  reminded: integer("reminded"),
});

export const legalGagReviews = legal.table("gag_reviews", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  gagId: uuid("gag_id").notNull(),
  at: instant("at").notNull(),
  staffId: uuid("staff_id").notNull(),
  outcome: text("outcome").notNull(),
  reason: text("reason").notNull(),
  eventId: uuid("event_id").notNull(),
});

export const legalNotices = legal.table("notices", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  account: integer("account").notNull(),
  platformId: uuid("platform_id").notNull(),
  platformParticipantId: text("platform_participant_id").notNull(),
  state: text("state").notNull(),
  barredWhy: text("barred_why"),
  barredReason: text("barred_reason"),
  template: text("template").notNull(),
  templateVersion: text("template_version").notNull(),
  subject: text("subject").notNull(),
  body: text("body").notNull(),
  bodySha256: bytea("body_sha256").notNull(),
  plannedBy: uuid("planned_by").notNull(),
  plannedAt: instant("planned_at").notNull(),
  releasedBy: uuid("released_by"),
  releasedAt: instant("released_at"),
  handedOverAt: instant("handed_over_at"),
  sentAt: instant("sent_at"),
  acknowledgedAt: instant("acknowledged_at"),
  channel: text("channel"),
  reminded: integer("reminded"),
  changedAt: instant("changed_at").notNull(),
});
