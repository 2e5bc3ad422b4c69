import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Takes a signal on. Of two officers at once one gets it; one that has risen can be taken over.
 *
 * @throws Refusal `signal-taken`, `signal-concluded`, `not-found` (also when it is about the officer), recorded
 */
export async function ownSignal(actor: Actor, signalId: string): Promise<void> {
  await call(actor, "access.own_signal", signalId);
}
