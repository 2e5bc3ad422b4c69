import type { ClaimResult } from "../../contracts/triage.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Keeps the actor's claim for another three minutes. @throws Refusal */
export async function keepClaim(actor: Actor, caseId: string): Promise<ClaimResult> {
  const { expiresAt } = await call<ClaimResult>(actor, "triage.heartbeat", caseId);
  return { caseId, expiresAt };
}
