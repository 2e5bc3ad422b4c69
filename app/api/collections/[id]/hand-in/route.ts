import { handInCollectionRequest } from "../../../../../contracts/legal/collections.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { handInCollection } from "../../../../../server/legal/collections/handInCollection.ts";

export const POST = route(
  { action: "legal.collection_handed_in", route: "/api/collections/[id]/hand-in", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await handInCollection(actor, id, await readBody(request, handInCollectionRequest))),
);
