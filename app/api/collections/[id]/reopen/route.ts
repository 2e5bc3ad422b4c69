import { reopenRequest } from "../../../../../contracts/legal/collections.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { reopenCollection } from "../../../../../server/legal/collections/reopenCollection.ts";

export const POST = route(
  { action: "legal.collection_reopened", route: "/api/collections/[id]/reopen", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await reopenCollection(actor, id, await readBody(request, reopenRequest))),
);
