import type { Integrity } from "../../contracts/integrity.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * How the log is: newest checkpoint, what waits, sequencer, keys, sinks, feeds, and the last checks.
 *
 * @throws Refusal `not-signed-in`, `wrong-role`, recorded
 */
export async function readIntegrity(actor: Actor): Promise<Integrity> {
  const { log, feeds, verifications } = await call<Integrity>(actor, "audit.read_integrity");
  return { log, feeds, verifications };
}
