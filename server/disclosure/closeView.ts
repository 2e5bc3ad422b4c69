import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Ends the actor's view: nothing more is read under it. @throws Refusal */
export async function closeView(actor: Actor, viewId: string): Promise<void> {
  await call(actor, "access.close_view", viewId);
}
