import type { HoldDetail, HoldRow } from "../../../contracts/legal/holds.ts";
import type { ErasureState, HoldState } from "../../../domain/legal/holdWords.ts";
import type { NoticeChannel, NoticeState } from "../../../domain/legal/notice/words.ts";
import type { Tone } from "../../ui/Badge.tsx";
import { counted } from "../../words.ts";

/** How holds, erasures and notices read on a page. */
export const HOLD_STATE_WORDS: Record<HoldState, { name: string; tone: Tone }> = {
  live: { name: "Holds", tone: "ok" },
  lapsed: { name: "Lapsed", tone: "danger" },
  released: { name: "Released", tone: "plain" },
};

export const ERASURE_STATE_WORDS: Record<ErasureState, { name: string; tone: Tone }> = {
  received: { name: "Received", tone: "accent" },
  running: { name: "Under way", tone: "accent" },
  deferred: { name: "Deferred", tone: "warn" },
  done: { name: "Done", tone: "ok" },
};

export const NOTICE_STATE_WORDS: Record<NoticeState, { name: string; tone: Tone }> = {
  planned: { name: "Waits for counsel", tone: "warn" },
  released: { name: "Let go", tone: "accent" },
  handed_over: { name: "With the platform", tone: "accent" },
  sent: { name: "Delivered", tone: "ok" },
  barred: { name: "Barred", tone: "danger" },
};

export const NOTICE_CHANNEL_WORDS: Record<NoticeChannel, string> = {
  email: "by email",
  in_app: "in the app",
  post: "by post",
  other: "by another way",
};

export const STEP_WORDS: Record<HoldDetail["steps"][number]["what"], string> = {
  made: "Frozen",
  renewed: "Renewed",
  production_confirmed: "Order to produce confirmed",
  reviewed: "Looked at again",
  release_asked: "Release asked for",
  release_called_off: "Release called off",
  released: "Released",
  lapsed: "Lapsed",
};

/** `once more`, `2 more times`, `as often as needed`, `no more`. */
export function renewalsWords({
  renewalsLeft,
  nextUntil,
}: Pick<HoldRow, "renewalsLeft" | "nextUntil">): string {
  if (renewalsLeft === null)
    return nextUntil === null ? "not renewed: it has no clock" : "as often as needed";
  if (renewalsLeft === 0) return "no more";
  return renewalsLeft === 1 ? "once more" : `${renewalsLeft} more times`;
}

/** `3 threads, 120 messages (80 in range), 4 attachments`. */
export const frozenWords = ({ threads, messages, inRange, attachments }: HoldRow["frozen"]): string =>
  `${counted(threads, "thread")}, ${counted(messages, "message")} (${inRange.toLocaleString("en-GB")} in range), ${counted(attachments, "attachment")}`;
