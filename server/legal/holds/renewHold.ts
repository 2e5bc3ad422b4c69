import type { HoldMoved, RenewHoldRequest } from "../../../contracts/legal/holds.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Renews a hold by its kind's length, as often as its kind allows: a preservation of 18 U.S.C. 2703(f) once, by 90 days; one
 * of Regulation (EU) 2023/1543 once, by 30.
 *
 * @throws Refusal `hold-over`, `hold-not-renewable`, `renewals-used-up`, `hold-moved`, `needs-reference`, recorded
 */
export async function renewHold(actor: Actor, holdId: string, renewal: RenewHoldRequest): Promise<HoldMoved> {
  const { state, until, releaseAsked } = await call<HoldMoved>(actor, "legal.renew_hold", holdId, renewal);
  return { state, until, releaseAsked };
}
