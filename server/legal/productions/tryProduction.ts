import type { ProductionMoved } from "../../../contracts/legal/productions.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/** Goes on with a build that stands still, or looks at once at one that rests. @throws Refusal */
export async function tryProduction(actor: Actor, productionId: string): Promise<ProductionMoved> {
  const { state } = await call<ProductionMoved>(actor, "legal.try_production", productionId);
  return { state };
}
