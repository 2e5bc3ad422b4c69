import { grantsQuery } from "../../../contracts/access.ts";
import { listGrants } from "../../../server/access/listGrants.ts";
import { readQuery } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";

export const GET = route({ action: "grant.listed", route: "/api/grants" }, async ({ actor, request }) =>
  json(await listGrants(actor, readQuery(request, grantsQuery).box)),
);
