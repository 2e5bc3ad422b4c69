import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Ends a session of the actor's own, with what was claimed and opened in it. @throws Refusal */
export async function endOwnSession(actor: Actor, sessionId: string): Promise<void> {
  await call(actor, "staff.end_own_session", sessionId);
}
