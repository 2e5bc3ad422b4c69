import { bigint, integer, pgSchema, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "./types.ts";

/**
 * Ciphertext and wrapped keys. Mirrors migrations/0002 and 0005 so that the mirror is whole; no login role may read any of it,
 * so a query written with these tables is refused by the database.
 */
export const sealed = pgSchema("sealed");

export const threadKeys = sealed.table(
  "thread_keys",
  {
    threadId: uuid("thread_id").notNull(),
    keyId: uuid("key_id").notNull(),
    kekId: text("kek_id").notNull(),
    wrapped: bytea("wrapped").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.keyId] })],
);

/** Key-encryption keys that wrap nothing any more and never will. Mirrors migrations/0007. */
export const retiredKeks = sealed.table("retired_keks", {
  kekId: text("kek_id").primaryKey(),
  retiredAt: instant("retired_at").notNull(),
});

export const participants = sealed.table(
  "participants",
  {
    threadId: uuid("thread_id").notNull(),
    id: uuid("id").notNull(),
    platformParticipantId: text("platform_participant_id").notNull(),
    ordinal: integer("ordinal").notNull(),
    keyId: uuid("key_id").notNull(),
    identityCt: bytea("identity_ct").notNull(),
    identityMac: bytea("identity_mac").notNull(),
    ageBand: text("age_band", { enum: ["adult", "minor", "unknown"] }).notNull(),
    accountAgeDays: integer("account_age_days"),
    country: text("country"),
    firstAt: instant("first_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.id] })],
);

export const messages = sealed.table(
  "messages",
  {
    threadId: uuid("thread_id").notNull(),
    id: uuid("id").notNull(),
    revision: integer("revision").notNull(),
    platformMessageId: text("platform_message_id").notNull(),
    senderId: uuid("sender_id").notNull(),
    sentAt: instant("sent_at").notNull(),
    kind: text("kind", { enum: ["text", "media", "shared_video", "system"] }).notNull(),
    editedAt: instant("edited_at"),
    deletedAt: instant("deleted_at"),
    keyId: uuid("key_id").notNull(),
    bodyCt: bytea("body_ct"),
    contentMac: bytea("content_mac").notNull(),
    receivedAt: instant("received_at").notNull(),
    position: integer("position").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.id, t.revision] })],
);

export const attachments = sealed.table(
  "attachments",
  {
    threadId: uuid("thread_id").notNull(),
    messageId: uuid("message_id").notNull(),
    revision: integer("revision").notNull(),
    ordinal: integer("ordinal").notNull(),
    mediaType: text("media_type").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    md5: text("md5"),
    sha256: text("sha256"),
    perceptualHash: text("perceptual_hash"),
    perceptualKind: text("perceptual_kind"),
    keyId: uuid("key_id").notNull(),
    locationCt: bytea("location_ct").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.messageId, t.revision, t.ordinal] })],
);

export const flagWords = sealed.table(
  "flag_words",
  {
    threadId: uuid("thread_id").notNull(),
    flagId: uuid("flag_id").notNull(),
    keyId: uuid("key_id").notNull(),
    wordsCt: bytea("words_ct").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.flagId] })],
);

export const flagReporters = sealed.table(
  "flag_reporters",
  {
    threadId: uuid("thread_id").notNull(),
    flagId: uuid("flag_id").notNull(),
    platformAccountId: text("platform_account_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.flagId] })],
);
