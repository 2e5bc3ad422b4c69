import { type ProductionDetail, productionDetail } from "../../../contracts/legal/productions.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/** Everything about a packet but what is in it. @throws Refusal */
export async function readProduction(actor: Actor, productionId: string): Promise<ProductionDetail> {
  return productionDetail.parse(await call(actor, "legal.read_production", productionId));
}
