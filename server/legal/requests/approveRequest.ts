import type { ApproveRequest, RequestMoved } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { moved } from "./moves.ts";

/**
 * Approves a request as it was read, by version and digest. Content and emergencies: by a counsel who had no hand in it.
 *
 * @throws Refusal `request-changed`, `second-counsel-needed`, `nothing-may-be-given`, `verify-call-back` and what else is missing, recorded
 */
export async function approveRequest(
  actor: Actor,
  requestId: string,
  ask: ApproveRequest,
): Promise<RequestMoved> {
  return moved(await call<RequestMoved>(actor, "legal.approve", requestId, ask));
}
