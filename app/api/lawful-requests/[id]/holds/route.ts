import { makeHoldRequest } from "../../../../../contracts/legal/holds.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { listRequestHolds } from "../../../../../server/legal/holds/listRequestHolds.ts";
import { makeHold } from "../../../../../server/legal/holds/makeHold.ts";

export const GET = route(
  { action: "legal.holds_listed", route: "/api/lawful-requests/[id]/holds", names: "entryId" },
  async ({ actor, id }) => json(await listRequestHolds(actor, id)),
);

export const POST = route(
  { action: "legal.held", route: "/api/lawful-requests/[id]/holds", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await makeHold(actor, id, await readBody(request, makeHoldRequest)), 201),
);
