import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Takes back the actor's own decision within ten seconds; the case is theirs again. @throws Refusal */
export async function undoDecision(actor: Actor, decisionId: string): Promise<void> {
  await call(actor, "triage.undo_decision", decisionId);
}
