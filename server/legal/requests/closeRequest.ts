import type { CloseRequest, RequestMoved } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { moved } from "./moves.ts";

/**
 * Closes a request that was answered or has ended.
 *
 * @throws Refusal `request-not-answered`, `exception-waiting`, recorded
 */
export async function closeRequest(
  actor: Actor,
  requestId: string,
  ask: CloseRequest,
): Promise<RequestMoved> {
  return moved(await call<RequestMoved>(actor, "legal.close", requestId, ask.note ?? null));
}
