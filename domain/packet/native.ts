import { hash } from "node:crypto";
import { LAYOUT } from "./layout.ts";
import type {
  AccountRecord,
  Batches,
  PacketAttachment,
  PacketConversation,
  PacketMessage,
  Pieces,
  RedactedText,
} from "./model.ts";
import { inPieces } from "./pieces.ts";

/**
 * The records of evidence: newline-delimited JSON in UTF-8, one record a line, the keys always in one order. `v` is the version of
 * the format; a reader that does not know it must not guess. The first line of a conversation tells who takes part, each further
 * line is a message. The hash and the size that the index gives for a message are those of its line with its line feed.
 */
export const NATIVE_VERSION = 1;

/** One conversation. */
export function nativeNdjson(conversation: PacketConversation, batches: Batches<PacketMessage>): Pieces {
  return inPieces(conversationLine(conversation), batches, nativeLine);
}

/** What is known of the accounts. */
export function accountsNdjson(batches: Batches<AccountRecord>): Pieces {
  return inPieces("", batches, accountLine);
}

export function conversationLine({ id, threadId, platform, kind, participants }: PacketConversation): string {
  return line({
    v: NATIVE_VERSION,
    type: "conversation",
    conversation: id,
    thread_id: threadId,
    platform,
    kind,
    participants: participants.map((one) => ({
      id: one.id,
      label: one.label,
      named: one.named,
      target: one.target,
      account_id: one.accountId,
      handle: one.handle,
      display_name: one.displayName,
    })),
  });
}

/** A message's line, with its line feed. */
export function nativeLine(message: PacketMessage): string {
  const last = message.revisions.at(-1);
  return line({
    v: NATIVE_VERSION,
    type: "message",
    bates: message.bates,
    conversation: message.conversation,
    message_id: message.messageId,
    category: message.category,
    kind: message.kind,
    from: message.sender,
    sent_at: message.sentAt,
    edited_at: last?.editedAt ?? null,
    deleted_at: last?.deletedAt ?? null,
    ...textFields(last?.body ?? null),
    revision: last?.revision ?? 1,
    earlier_revisions: message.revisions.slice(0, -1).map((one) => ({
      revision: one.revision,
      edited_at: one.editedAt,
      deleted_at: one.deletedAt,
      received_at: one.receivedAt,
      ...textFields(one.body),
    })),
    attachments: message.attachments.map(attachmentFields),
  });
}

/** An account's line, with its line feed. */
export function accountLine(account: AccountRecord): string {
  return line({
    v: NATIVE_VERSION,
    type: "account",
    bates: account.bates,
    account_id: account.accountId,
    platform: account.platform,
    category: account.category,
    as_of: account.asOf,
    fields: account.fields.map(({ name, value }) => ({ name, value })),
  });
}

/** Hash and size of a line, as the index gives them. */
export function lineFacts(text: string): { sha256: string; size: number } {
  return { sha256: hash("sha256", text, "hex"), size: Buffer.byteLength(text) };
}

/** Where a record's bytes lie. */
export function nativePath(record: PacketMessage | AccountRecord): string {
  return "fields" in record ? LAYOUT.accounts : LAYOUT.native(record.conversation);
}

function textFields(body: RedactedText | null) {
  return {
    body: body?.text ?? null,
    redactions: (body?.marks ?? []).map(({ id, start, end, reason }) => ({ id, start, end, reason })),
  };
}

function attachmentFields(one: PacketAttachment) {
  return {
    bates: one.bates,
    withheld: one.withheld,
    status: one.status,
    why: one.why === "" ? null : one.why,
    revision: one.revision,
    media_type: one.mediaType,
    path: one.path,
    size: one.size,
    sha256: one.sha256,
    recorded_size: one.recorded.size,
    recorded_sha256: one.recorded.sha256,
    recorded_md5: one.recorded.md5,
  };
}

/** JSON writes lone surrogates as escapes (well-formed JSON.stringify), so that every line is UTF-8 and loses nothing. */
function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
