import type { RejectRequest, RequestMoved } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { moved } from "./moves.ts";

/**
 * Rejects a request, with the ground and in words.
 *
 * @throws Refusal `request-not-open`, `ground-not-here`, recorded
 */
export async function rejectRequest(
  actor: Actor,
  requestId: string,
  ask: RejectRequest,
): Promise<RequestMoved> {
  return moved(await call<RequestMoved>(actor, "legal.reject", requestId, ask.ground, ask.reason));
}
