import { requestsQuery } from "../../../contracts/access.ts";
import { listRequests } from "../../../server/access/listRequests.ts";
import { readQuery } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";

export const GET = route({ action: "request.listed", route: "/api/requests" }, async ({ actor, request }) =>
  json(await listRequests(actor, readQuery(request, requestsQuery))),
);
