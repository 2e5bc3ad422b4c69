import type { ProductionMoved } from "../../../contracts/legal/productions.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/** Gives a packet up before it is released: its pieces are deleted, its numbers are used no more. @throws Refusal */
export async function discardProduction(
  actor: Actor,
  productionId: string,
  reason: string,
): Promise<ProductionMoved> {
  const { state } = await call<ProductionMoved>(actor, "legal.discard_production", productionId, reason);
  return { state };
}
