import { inOneLine } from "./inOneLine.ts";
import { messageLines } from "./messageLines.ts";
import { type Messages, namesOf, type TranscriptThread } from "./transcript.ts";

const CHUNK = 64 * 1024;

/**
 * A thread as text that people read: who takes part, then one message after the other. A message cannot pass for
 * another: its further lines begin with `    | `, and characters that turn or hide text are spelt out.
 *
 * @returns pieces of about 64 KiB; nothing more is held in memory
 */
export async function* transcriptText(thread: TranscriptThread, messages: Messages): AsyncGenerator<string> {
  const nameOf = namesOf(thread);
  let piece = `Thread ${inOneLine(thread.id)} in ${inOneLine(thread.product)}\nAll times are in UTC.\n\nParticipants\n`;
  for (const one of thread.participants)
    piece += `    ${inOneLine(one.id)}${[one.handle, one.displayName]
      .filter((name) => name !== null)
      .map((name) => ` · ${inOneLine(name)}`)
      .join("")}\n`;
  piece += "\nMessages\n";
  let count = 0;
  for await (const message of messages) {
    count++;
    piece += messageLines(message, nameOf);
    if (piece.length < CHUNK) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}\nEnd of the thread: ${count} message${count === 1 ? "" : "s"}.\n`;
}
