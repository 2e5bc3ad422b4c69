import { belowOneLine, inOneLine } from "./inOneLine.ts";
import type { TranscriptMessage } from "./transcript.ts";

/**
 * A message as people read it: time in UTC, id, sender, words; edits, deletion and attachments in lines below.
 *
 * @param nameOf the sender's name by id, empty where there is none
 */
export function messageLines(message: TranscriptMessage, nameOf: (senderId: string) => string): string {
  const name = nameOf(message.senderId);
  const sender = inOneLine(message.senderId) + (name === "" ? "" : ` (${inOneLine(name)})`);
  const mark = message.flagged ? " FLAGGED" : "";
  const body = message.body === null ? "(no text)" : belowOneLine(message.body);
  const lines = [`${message.sentAt.toISOString()} [${inOneLine(message.id)}]${mark} ${sender}: ${body}`];
  if (message.editedAt) lines.push(`    * edited ${message.editedAt.toISOString()}`);
  if (message.deletedAt) lines.push(`    * deleted ${message.deletedAt.toISOString()}`);
  for (const one of message.attachments) {
    const hashes = [one.md5 && `md5 ${one.md5}`, one.sha256 && `sha256 ${one.sha256}`].filter(Boolean);
    const facts = [inOneLine(one.mediaType), `${one.sizeBytes} bytes`, ...hashes].join(", ");
    lines.push(`    * attachment ${inOneLine(one.id)}: ${facts}`);
  }
  return `${lines.join("\n")}\n`;
}
