import type { CHAT_IM_INCIDENT } from "../model/internetDetails.ts";
import type { ValueOf } from "../model/kinds.ts";
import { messageLines } from "./messageLines.ts";
import { type Messages, namesOf, type TranscriptThread } from "./transcript.ts";

export interface ExtractOptions {
  /** How many messages before and after each flagged one are quoted; all of them by default. */
  readonly around?: number;
  /** Most characters that are quoted; a million by default. Flagged messages beyond it are counted, not quoted. */
  readonly most?: number;
}

export interface ChatExtract {
  readonly incident: ValueOf<typeof CHAT_IM_INCIDENT>;
  readonly quoted: number;
  readonly leftOut: number;
}

/**
 * The `chatImIncident` of a thread: product, thread id, and what was written around the flagged messages. Gaps are
 * marked and counted, so that a reader knows what the extract leaves to the transcript file.
 */
export async function chatIncident(
  thread: TranscriptThread,
  messages: Messages,
  { around = Number.POSITIVE_INFINITY, most = 1_000_000 }: ExtractOptions = {},
): Promise<ChatExtract> {
  const nameOf = namesOf(thread);
  const pieces: string[] = [];
  let waiting: string[] = [];
  let length = 0;
  let quoted = 0;
  let gap = 0;
  let leftOut = 0;
  let following = around === Number.POSITIVE_INFINITY ? around : 0;
  const closeGap = () => {
    if (gap > 0) pieces.push(`(${gap} message${gap === 1 ? "" : "s"} left out)\n`);
    leftOut += gap;
    gap = 0;
  };
  const quote = (lines: string) => {
    if (length + lines.length > most) {
      gap++;
      return;
    }
    closeGap();
    pieces.push(lines);
    length += lines.length;
    quoted++;
  };
  for await (const message of messages) {
    const lines = messageLines(message, nameOf);
    if (message.flagged) {
      for (const before of waiting) quote(before);
      waiting = [];
      following = around;
      quote(lines);
    } else if (following > 0) {
      following--;
      quote(lines);
    } else {
      waiting.push(lines);
      if (waiting.length > around) {
        waiting.shift();
        gap++;
      }
    }
  }
  gap += waiting.length;
  closeGap();
  return {
    incident: {
      chatClient: thread.product,
      chatRoomName: thread.id,
      content: `All times are in UTC.\n${pieces.join("")}`,
    },
    quoted,
    leftOut,
  };
}
