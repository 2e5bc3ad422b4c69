import type { z } from "zod";
import type { CollectionViewOpened, openCollectionViewRequest } from "../../contracts/legal/collections.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Commits that counsel reads a page of a thread of a collection, and until when. The request stands for the reason. Nothing is
 * revealed: `readCollectionView` does that, in a later transaction.
 *
 * @throws Refusal when the request is not approved any more, its requester not verified, the thread outside the collection or
 *   the reader's regions, not held any more, or the rate is used up; recorded
 */
export async function openCollectionView(
  actor: Actor,
  collectionId: string,
  { threadId, after, at, limit }: z.output<typeof openCollectionViewRequest>,
): Promise<CollectionViewOpened> {
  const view = await call<CollectionViewOpened>(
    actor,
    "legal.open_collection_view",
    collectionId,
    threadId,
    after ?? null,
    at ?? null,
    limit,
  );
  const { viewId, openedAt, expiresAt, messageCount, nextAfter } = view;
  return { viewId, openedAt, expiresAt, messageCount, nextAfter };
}
