import type { CollectedThreads, CollectedThreadsQuery } from "../../../contracts/legal/collections.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * The threads of a collection in the packet's order, with what was counted and decided. Third parties are numbers.
 *
 * @throws Refusal `wrong-role`, `not-found`, recorded
 */
export async function listCollectedThreads(
  actor: Actor,
  collectionId: string,
  { cursor, limit }: CollectedThreadsQuery,
): Promise<CollectedThreads> {
  const { threads, nextCursor } = await call<CollectedThreads>(
    actor,
    "legal.collected_threads",
    collectionId,
    placeOf(cursor),
    limit,
  );
  return { threads, nextCursor };
}

/** A cursor is a place in the list; one that lies beyond any list ends it. */
function placeOf(cursor: string | undefined): number | null {
  return cursor === undefined ? null : Math.min(Number(cursor), 2_147_483_647);
}
