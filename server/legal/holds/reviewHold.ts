import type { HoldMoved, ReviewHoldRequest } from "../../../contracts/legal/holds.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Records that a hold without an end is still needed. It is called to mind again in 180 days.
 *
 * @throws Refusal `hold-over`, `hold-has-its-clock`, `reason-without-substance`, recorded
 */
export async function reviewHold(
  actor: Actor,
  holdId: string,
  { reason }: ReviewHoldRequest,
): Promise<HoldMoved> {
  const { state, until, releaseAsked } = await call<HoldMoved>(actor, "legal.review_hold", holdId, reason);
  return { state, until, releaseAsked };
}
