import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Ends an entry of the watch list. It stays in the history. @throws Refusal */
export async function endWatch(actor: Actor, entryId: string): Promise<void> {
  await call(actor, "access.end_watch", entryId);
}
