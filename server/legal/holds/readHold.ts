import type { HoldDetail } from "../../../contracts/legal/holds.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * One hold with its steps and its threads: ids, figures and digests.
 *
 * @throws Refusal `wrong-role`, `not-found`, recorded
 */
export async function readHold(actor: Actor, holdId: string): Promise<HoldDetail> {
  const { hold } = await call<{ hold: HoldDetail }>(actor, "legal.read_hold", holdId);
  return hold;
}
