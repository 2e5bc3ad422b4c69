import type { PriorReports } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Looks up in which reports the participants of a case's thread are named, in whatever thread. Looking is an event.
 *
 * @throws Refusal `not-found`, `wrong-role`, recorded
 */
export async function readPriorReports(actor: Actor, caseId: string): Promise<PriorReports> {
  const { participants } = await call<PriorReports>(actor, "cybertip.prior_reports", caseId);
  return { participants };
}
