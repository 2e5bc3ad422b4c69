import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Ends the actor's session and lets go of what it had claimed and opened. */
export async function signOut(actor: Actor): Promise<void> {
  await call(actor, "staff.sign_out");
}
