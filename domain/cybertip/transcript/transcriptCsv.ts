import { csvLine } from "../../csvCell.ts";
import { spellForbidden } from "../characters.ts";
import type { Messages, TranscriptMessage, TranscriptThread } from "./transcript.ts";

const COLUMNS = [
  "number",
  "message_id",
  "sent_at_utc",
  "sender_id",
  "sender_handle",
  "sender_display_name",
  "kind",
  "flagged",
  "edited_at_utc",
  "deleted_at_utc",
  "body",
  "attachments",
] as const;

const CHUNK = 64 * 1024;

/**
 * A thread as CSV (RFC 4180): one record a message in the order given, times in UTC, the platform's own ids. No
 * spreadsheet runs any of it (`domain/csvCell.ts`). Lone surrogates and the like are spelt out: UTF-8 cannot hold them.
 *
 * @returns pieces of about 64 KiB; nothing more is held in memory
 */
export async function* transcriptCsv(thread: TranscriptThread, messages: Messages): AsyncGenerator<string> {
  const people = new Map(thread.participants.map((one) => [one.id, one]));
  let piece = csvLine(COLUMNS);
  let number = 0;
  for await (const message of messages) {
    number++;
    const sender = people.get(message.senderId);
    piece += csvLine([
      number,
      text(message.id),
      message.sentAt.toISOString(),
      text(message.senderId),
      text(sender?.handle ?? null),
      text(sender?.displayName ?? null),
      message.kind,
      message.flagged ? "yes" : "no",
      message.editedAt?.toISOString() ?? null,
      message.deletedAt?.toISOString() ?? null,
      text(message.body),
      attachments(message),
    ]);
    if (piece.length < CHUNK) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

const text = (value: string | null) => (value === null ? null : spellForbidden(value));

function attachments(message: TranscriptMessage): string | null {
  if (message.attachments.length === 0) return null;
  return message.attachments
    .map((one) =>
      [
        text(one.id),
        text(one.mediaType),
        `${one.sizeBytes} bytes`,
        one.md5 && `md5 ${one.md5}`,
        one.sha256 && `sha256 ${one.sha256}`,
      ]
        .filter(Boolean)
        .join(" "),
    )
    .join("\n");
}

/** Names used by {@link transcriptCsv} for whoever reads the file back. */
export const TRANSCRIPT_COLUMNS: readonly string[] = COLUMNS;
