import { collectedThreadsQuery } from "../../../../../contracts/legal/collections.ts";
import { readQuery } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { listCollectedThreads } from "../../../../../server/legal/collections/listCollectedThreads.ts";

export const GET = route(
  { action: "legal.collection_read", route: "/api/collections/[id]/threads", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await listCollectedThreads(actor, id, readQuery(request, collectedThreadsQuery))),
);
