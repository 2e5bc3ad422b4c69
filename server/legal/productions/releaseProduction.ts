import type { z } from "zod";
import type { ProductionMoved, releaseRequest } from "../../../contracts/legal/productions.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Lets a packet go: by a second counsel, who had no hand in it and has compared it, bound to the hash of its manifests.
 *
 * @throws Refusal `own-packet`, `compare-first`, `packet-changed`, or when what it stands on has ended
 */
export async function releaseProduction(
  actor: Actor,
  productionId: string,
  { manifestSha512, note }: z.output<typeof releaseRequest>,
): Promise<ProductionMoved> {
  const { state } = await call<ProductionMoved>(
    actor,
    "legal.release_production",
    productionId,
    manifestSha512,
    note ?? null,
  );
  return { state };
}
