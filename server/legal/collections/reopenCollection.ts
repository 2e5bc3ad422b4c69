import type { CollectionMoved, ReopenRequest } from "../../../contracts/legal/collections.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Opens another round of review. Packets that were built from the round before stay what they are.
 *
 * @throws Refusal `collection-not-handed-in`, `reason-without-substance`; recorded
 */
export async function reopenCollection(
  actor: Actor,
  collectionId: string,
  { reason }: ReopenRequest,
): Promise<CollectionMoved> {
  const { state, round } = await call<CollectionMoved>(
    actor,
    "legal.reopen_collection",
    collectionId,
    reason,
  );
  return { state, round };
}
