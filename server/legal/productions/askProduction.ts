import type { z } from "zod";
import type { askProductionRequest, ProductionAsked } from "../../../contracts/legal/productions.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { TOOL_VERSION } from "../toolVersion.ts";

/**
 * Asks for a packet of a collection whose review was handed in. Its Bates numbers are given here and to nobody else again; the
 * worker builds it.
 *
 * @throws Refusal when the request is not approved or its requester not verified, the review is not handed in, some of it lies
 *   outside the actor's regions, or another packet of it is under way
 */
export async function askProduction(
  actor: Actor,
  collectionId: string,
  ask: z.output<typeof askProductionRequest>,
): Promise<ProductionAsked> {
  const { productionId, name, volume } = await call<ProductionAsked>(
    actor,
    "legal.ask_production",
    collectionId,
    { ...ask, toolVersion: TOOL_VERSION },
  );
  return { productionId, name, volume };
}
