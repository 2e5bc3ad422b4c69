import type { RequestMoved, WithdrawRequest } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { moved } from "./moves.ts";

/**
 * Records that the authority took its request back, or that it lapsed. What is built and delivered under it ends.
 *
 * @throws Refusal `request-not-open`, recorded
 */
export async function withdrawRequest(
  actor: Actor,
  requestId: string,
  ask: WithdrawRequest,
): Promise<RequestMoved> {
  return moved(await call<RequestMoved>(actor, "legal.withdraw", requestId, ask.reason));
}
