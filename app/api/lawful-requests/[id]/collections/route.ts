import { collectRequest } from "../../../../../contracts/legal/collections.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { collectForRequest } from "../../../../../server/legal/collections/collectForRequest.ts";
import { listCollections } from "../../../../../server/legal/collections/listCollections.ts";

export const GET = route(
  { action: "legal.collection_read", route: "/api/lawful-requests/[id]/collections", names: "entryId" },
  async ({ actor, id }) => json(await listCollections(actor, id)),
);

export const POST = route(
  { action: "legal.collected", route: "/api/lawful-requests/[id]/collections", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await collectForRequest(actor, id, await readBody(request, collectRequest)), 201),
);
