import type { AcknowledgeRequest, RequestMoved } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { moved } from "./moves.ts";

/**
 * Records that the authority was told that we have its request.
 *
 * @throws Refusal `acknowledged-already`, `request-not-open`, recorded
 */
export async function acknowledgeRequest(
  actor: Actor,
  requestId: string,
  ask: AcknowledgeRequest,
): Promise<RequestMoved> {
  return moved(await call<RequestMoved>(actor, "legal.acknowledge", requestId, ask.note ?? null));
}
