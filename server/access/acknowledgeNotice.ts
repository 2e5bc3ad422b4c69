import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Takes note of a notice, in one's own name alone. @throws Refusal */
export async function acknowledgeNotice(actor: Actor, noticeId: string): Promise<void> {
  await call(actor, "access.acknowledge_notice", noticeId);
}
