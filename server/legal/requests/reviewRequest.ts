import type { RequestMoved, ReviewRequest } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { moved } from "./moves.ts";

/**
 * Takes a request into review: the caller handles it from then on, and cannot approve it where a second counsel must.
 *
 * @throws Refusal `request-not-open`, `in-review-already`, recorded
 */
export async function reviewRequest(
  actor: Actor,
  requestId: string,
  ask: ReviewRequest,
): Promise<RequestMoved> {
  return moved(await call<RequestMoved>(actor, "legal.review", requestId, ask.note ?? null));
}
