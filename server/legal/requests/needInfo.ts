import type { NeedInfoRequest, RequestMoved } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { moved } from "./moves.ts";

/**
 * Records what the authority was asked for.
 *
 * @throws Refusal `request-not-open`, recorded
 */
export async function needInfo(actor: Actor, requestId: string, ask: NeedInfoRequest): Promise<RequestMoved> {
  return moved(await call<RequestMoved>(actor, "legal.need_info", requestId, ask.question));
}
