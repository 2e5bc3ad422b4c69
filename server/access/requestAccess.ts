import type { z } from "zod";
import type { AccessRequestResult, accessRequest } from "../../contracts/access.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { checkTicket } from "./checkTicket.ts";

/**
 * Asks for access to a case's thread. Policy decides: a grant at once, or a request that waits for approvers.
 *
 * @throws Refusal when policy, reach, claim, reason or ticket stands against it
 */
export async function requestAccess(
  actor: Actor,
  caseId: string,
  ask: z.output<typeof accessRequest>,
): Promise<AccessRequestResult> {
  if (ask.ticket !== null) await checkTicket(actor, ask.ticket);
  const answer = await call<AccessRequestResult>(actor, "access.request", caseId, ask);
  if (answer.state === "granted") {
    const { state, grantId, expiresAt, viewsLeft } = answer;
    return { state, grantId, expiresAt, viewsLeft };
  }
  const { state, requestId, needs, expiresAt } = answer;
  return { state, requestId, needs, expiresAt };
}
