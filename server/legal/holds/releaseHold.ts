import type { HoldMoved, ReleaseHoldRequest } from "../../../contracts/legal/holds.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Releases a hold. While its request is open the first counsel's call asks for it and another counsel's completes it.
 *
 * @throws Refusal `hold-over`, `own-request`, `reason-without-substance`, recorded
 */
export async function releaseHold(
  actor: Actor,
  holdId: string,
  { reason }: ReleaseHoldRequest,
): Promise<HoldMoved> {
  const { state, until, releaseAsked } = await call<HoldMoved>(actor, "legal.release_hold", holdId, reason);
  return { state, until, releaseAsked };
}
