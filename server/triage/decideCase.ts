import type { z } from "zod";
import type { DecideResult, decideRequest } from "../../contracts/triage.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Ends or escalates the actor's claimed case. It can be undone for ten seconds.
 *
 * @throws Refusal when the case is not claimed by the actor any more, or somebody was first
 */
export async function decideCase(
  actor: Actor,
  caseId: string,
  decision: z.output<typeof decideRequest>,
): Promise<DecideResult> {
  const { decisionId, undoUntil } = await call<DecideResult>(actor, "triage.decide", caseId, decision);
  return { decisionId, undoUntil };
}
