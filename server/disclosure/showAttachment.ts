import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Records that somebody asked to see the whole of an attachment clearly. From here on it counts as viewed by us in a
 * CyberTip report (promise 7).
 *
 * @throws Refusal when the view has ended, or the file did not go out whole and with the hash that intake recorded
 */
export async function showAttachment(actor: Actor, readingId: string): Promise<void> {
  await call(actor, "access.attachment_shown", readingId);
}
