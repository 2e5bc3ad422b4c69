import { decisionsQuery } from "../../../../../contracts/legal/collections.ts";
import { readQuery } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { listDecisions } from "../../../../../server/legal/collections/listDecisions.ts";

export const GET = route(
  { action: "legal.collection_read", route: "/api/collections/[id]/decisions", names: "entryId" },
  async ({ actor, request, id }) => json(await listDecisions(actor, id, readQuery(request, decisionsQuery))),
);
