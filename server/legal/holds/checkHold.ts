import type { HoldMoved } from "../../../contracts/legal/holds.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Has what is held compared with what was frozen. The worker does it; the result appears with the hold and in the log.
 *
 * @throws Refusal `hold-over`, `hold-not-hashed`, `check-under-way`, recorded
 */
export async function checkHold(actor: Actor, holdId: string): Promise<HoldMoved> {
  const { state, until, releaseAsked } = await call<HoldMoved>(actor, "legal.check_hold", holdId);
  return { state, until, releaseAsked };
}
