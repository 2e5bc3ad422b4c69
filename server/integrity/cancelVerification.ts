import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Stops a check. One that has ended stays as it ended.
 *
 * @throws Refusal `not-signed-in`, `wrong-role`, `not-found`, recorded
 */
export async function cancelVerification(actor: Actor, verificationId: string): Promise<void> {
  await call(actor, "audit.cancel_verification", verificationId);
}
