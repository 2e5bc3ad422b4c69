import type { FlagInput } from "../../contracts/intake.ts";
import { flagId, messageId, participantId, threadId } from "../../domain/ids.ts";
import { CANARIES } from "../support/canary.ts";
import type { Platform } from "../support/platform.ts";

/** One canary: where it was put, by the id that the database knows that place by. */
export interface Put {
  readonly canary: string;
  readonly what: "body" | "identity" | "words" | "location";
  readonly thread: string;
  /** Of the message, the participant or the flag. */
  readonly owner: string;
  /** Of a body: the revision that holds it. */
  readonly revision: number;
}

const canariesIn = (text: string | null | undefined): string[] => text?.match(CANARIES) ?? [];

/** Every canary of a flag that is about to be delivered. */
export function canariesOf(platform: Platform, flag: FlagInput, revision = 1): Put[] {
  const thread = threadId(platform.id, flag.thread.id);
  const put = (what: Put["what"], owner: string, text: string | null | undefined): Put[] =>
    canariesIn(text).map((canary) => ({ canary, what, thread, owner, revision }));
  return [
    ...put("words", flagId(platform.id, flag.id), flag.reporter?.words),
    ...flag.thread.participants.flatMap(({ id, handle, displayName }) => [
      ...put("identity", participantId(thread, id), handle),
      ...put("identity", participantId(thread, id), displayName),
    ]),
    ...flag.thread.messages.flatMap(({ id, body, attachments = [] }) => [
      ...put("body", messageId(thread, id), body),
      ...attachments.flatMap(({ location }) => put("location", messageId(thread, id), location)),
    ]),
  ];
}
