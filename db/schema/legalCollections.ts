import { bigint, integer, jsonb, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { legal } from "./legal.ts";
import { sealed } from "./sealed.ts";
import { bytea, instant } from "./types.ts";

/** Collections and their review. Mirrors migrations/0018: no login role reads any of it, functions answer. */
export const legalCollections = legal.table("collections", {
  id: uuid("id").primaryKey(),
  requestId: uuid("request_id").notNull(),
  n: integer("n").notNull(),
  scopeVersion: integer("scope_version").notNull(),
  categories: text("categories").array().notNull(),
  rangeFrom: instant("range_from"),
  rangeTo: instant("range_to"),
  sentBy: text("sent_by").notNull(),
  kinds: text("kinds").array().notNull(),
  onlyThreads: uuid("only_threads").array().notNull(),
  regions: text("regions").array().notNull(),
  cutOff: instant("cut_off").notNull(),
  counts: jsonb("counts").notNull(),
  outOfRegions: integer("out_of_regions").notNull(),
  toolVersion: text("tool_version").notNull(),
  query: text("query").notNull(),
  digest: bytea("digest").notNull(),
  collectedBy: uuid("collected_by").notNull(),
  sessionId: uuid("session_id").notNull(),
  collectedAt: instant("collected_at").notNull(),
  eventId: uuid("event_id").notNull(),
});

export const legalCollectionAccounts = legal.table(
  "collection_accounts",
  {
    collectionId: uuid("collection_id").notNull(),
    n: integer("n").notNull(),
    platformId: uuid("platform_id").notNull(),
    platformParticipantId: text("platform_participant_id").notNull(),
    threads: integer("threads").notNull(),
  },
  (t) => [primaryKey({ columns: [t.collectionId, t.n] })],
);

export const legalCollectionThreads = legal.table(
  "collection_threads",
  {
    collectionId: uuid("collection_id").notNull(),
    n: integer("n").notNull(),
    threadId: uuid("thread_id").notNull(),
    caseId: uuid("case_id").notNull(),
    region: text("region").notNull(),
    restrictedSubject: text("restricted_subject"),
    messages: bigint("messages", { mode: "number" }).notNull(),
    edited: bigint("edited", { mode: "number" }).notNull(),
    deleted: bigint("deleted", { mode: "number" }).notNull(),
    attachments: bigint("attachments", { mode: "number" }).notNull(),
    firstAt: instant("first_at").notNull(),
    lastAt: instant("last_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.collectionId, t.n] })],
);

export const legalCollectionRounds = legal.table(
  "collection_rounds",
  {
    collectionId: uuid("collection_id").notNull(),
    round: integer("round").notNull(),
    openedBy: uuid("opened_by").notNull(),
    openedAt: instant("opened_at").notNull(),
    reason: text("reason"),
    eventId: uuid("event_id").notNull(),
    handedInBy: uuid("handed_in_by"),
    handedInAt: instant("handed_in_at"),
    handedInEvent: uuid("handed_in_event"),
    digest: bytea("digest"),
    counts: jsonb("counts"),
  },
  (t) => [primaryKey({ columns: [t.collectionId, t.round] })],
);

export const legalDecisions = legal.table("decisions", {
  id: uuid("id").primaryKey(),
  n: bigint("n", { mode: "number" }).notNull(),
  collectionId: uuid("collection_id").notNull(),
  requestId: uuid("request_id").notNull(),
  round: integer("round").notNull(),
  kind: text("kind").notNull(),
  threadId: uuid("thread_id"),
  messageId: uuid("message_id"),
  revision: integer("revision"),
  fromUnit: integer("from_unit"),
  toUnit: integer("to_unit"),
  wordsMac: bytea("words_mac"),
  withheld: text("withheld"),
  rule: text("rule"),
  pseudonym: integer("pseudonym"),
  takesBack: uuid("takes_back"),
  viewId: uuid("view_id"),
  reason: text("reason").notNull(),
  staffId: uuid("staff_id").notNull(),
  sessionId: uuid("session_id").notNull(),
  at: instant("at").notNull(),
  eventId: uuid("event_id").notNull(),
});

export const legalRules = sealed.table(
  "legal_rules",
  {
    threadId: uuid("thread_id").notNull(),
    decisionId: uuid("decision_id").notNull(),
    keyId: uuid("key_id").notNull(),
    wordsCt: bytea("words_ct").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.decisionId] })],
);

export const legalPseudonyms = sealed.table(
  "legal_pseudonyms",
  {
    threadId: uuid("thread_id").notNull(),
    number: integer("number").notNull(),
    platformId: uuid("platform_id").notNull(),
    platformParticipantId: text("platform_participant_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.number] })],
);

export const legalReviewPages = legal.table("review_pages", {
  viewId: uuid("view_id").primaryKey(),
  collectionId: uuid("collection_id").notNull(),
  requestId: uuid("request_id").notNull(),
  threadId: uuid("thread_id").notNull(),
  round: integer("round").notNull(),
  decidedUpto: bigint("decided_upto", { mode: "number" }).notNull(),
  nextAfter: text("next_after"),
  openedAt: instant("opened_at").notNull(),
});
