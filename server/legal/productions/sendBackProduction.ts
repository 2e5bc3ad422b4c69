import type { ProductionMoved } from "../../../contracts/legal/productions.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/** Sends a packet back with a reason: another volume will take its place. @throws Refusal */
export async function sendBackProduction(
  actor: Actor,
  productionId: string,
  reason: string,
): Promise<ProductionMoved> {
  const { state } = await call<ProductionMoved>(actor, "legal.send_back_production", productionId, reason);
  return { state };
}
