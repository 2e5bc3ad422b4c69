import type { CollectionMoved, HandInCollectionRequest } from "../../../contracts/legal/collections.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Hands a review in: what was decided is frozen, and a packet can be built from it.
 *
 * @throws Refusal `decisions-changed` when others decided meanwhile, `collection-handed-in`; recorded
 */
export async function handInCollection(
  actor: Actor,
  collectionId: string,
  { decisions }: HandInCollectionRequest,
): Promise<CollectionMoved> {
  const { state, round } = await call<CollectionMoved>(
    actor,
    "legal.hand_in_collection",
    collectionId,
    decisions,
  );
  return { state, round };
}
