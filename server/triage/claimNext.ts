import type { ClaimNextResult } from "../../contracts/triage.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Claims the most urgent case of a queue that nobody holds; null when there is none. @throws Refusal */
export async function claimNext(actor: Actor, queueId: string): Promise<ClaimNextResult> {
  const { caseId } = await call<ClaimNextResult>(actor, "triage.claim_next", queueId);
  return { caseId };
}
