import type { HoldMoved } from "../../../contracts/legal/holds.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Calls off a release that was asked for.
 *
 * @throws Refusal `hold-over`, `no-release`, recorded
 */
export async function callOffRelease(actor: Actor, holdId: string): Promise<HoldMoved> {
  const { state, until, releaseAsked } = await call<HoldMoved>(actor, "legal.call_off_release", holdId);
  return { state, until, releaseAsked };
}
