import type { ErasureDetail } from "../../../contracts/legal/erasures.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * One erasure, with the proof word for word when it is done: its SHA-256 stands in the log.
 *
 * @throws Refusal `wrong-role`, `not-found`, recorded
 */
export async function readErasure(actor: Actor, erasureId: string): Promise<ErasureDetail> {
  const { erasure } = await call<{ erasure: ErasureDetail }>(actor, "legal.read_erasure", erasureId);
  return erasure;
}
