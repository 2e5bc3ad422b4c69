import type { CollectionList } from "../../../contracts/legal/collections.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * The collections of a request, newest first: metadata.
 *
 * @throws Refusal `wrong-role`, `not-found`, recorded
 */
export async function listCollections(actor: Actor, requestId: string): Promise<CollectionList> {
  const { collections, collectBarredBy } = await call<CollectionList>(
    actor,
    "legal.list_collections",
    requestId,
  );
  return { collections, collectBarredBy };
}
