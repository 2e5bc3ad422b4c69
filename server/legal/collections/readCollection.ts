import type { CollectionDetail } from "../../../contracts/legal/collections.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * A collection as it was recorded, and how far its review has come: metadata alone.
 *
 * @throws Refusal `wrong-role`, `not-found`, recorded
 */
export async function readCollection(actor: Actor, collectionId: string): Promise<CollectionDetail> {
  const { ok: _, ...detail } = await call<CollectionDetail & { ok: true }>(
    actor,
    "legal.read_collection",
    collectionId,
  );
  return detail;
}
