import type { ClaimResult } from "../../contracts/triage.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Takes a lease of three minutes on a case, or renews the actor's own. @throws Refusal */
export async function claimCase(actor: Actor, caseId: string): Promise<ClaimResult> {
  const { expiresAt } = await call<ClaimResult>(actor, "triage.claim_case", caseId);
  return { caseId, expiresAt };
}
