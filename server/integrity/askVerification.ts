import type { VerificationAsked } from "../../contracts/integrity.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Has the log checked by the worker, or finds the check that is under way.
 *
 * @throws Refusal `not-signed-in`, `wrong-role`, recorded
 */
export async function askVerification(actor: Actor): Promise<VerificationAsked> {
  const { id, started } = await call<VerificationAsked>(actor, "audit.ask_verification");
  return { id, started };
}
