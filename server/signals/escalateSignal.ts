import type { EscalateSignalRequest } from "../../contracts/signals.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Lifts a signal a level before its due time does: any officer may then take it on.
 *
 * @throws Refusal `already-at-the-top`, `note-without-substance`, `signal-concluded`, `not-found`, recorded
 */
export async function escalateSignal(
  actor: Actor,
  signalId: string,
  { note }: EscalateSignalRequest,
): Promise<void> {
  await call(actor, "access.escalate_signal", signalId, note);
}
