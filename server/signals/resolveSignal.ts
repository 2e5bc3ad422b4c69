import type { ResolveSignalRequest } from "../../contracts/signals.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Concludes a signal, in writing. Only its owner can, and nobody can undo it.
 *
 * @throws Refusal `not-your-signal`, `note-without-substance`, `signal-concluded`, `not-found`, recorded
 */
export async function resolveSignal(
  actor: Actor,
  signalId: string,
  { conclusion, note }: ResolveSignalRequest,
): Promise<void> {
  await call(actor, "access.resolve_signal", signalId, conclusion, note);
}
