import { registerRequest as registration, requestsQuery } from "../../../contracts/legal/requests.ts";
import { readBody, readQuery } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";
import { listRequests } from "../../../server/legal/requests/listRequests.ts";
import { registerRequest } from "../../../server/legal/requests/registerRequest.ts";

const MOST = 256 * 1024;

export const GET = route(
  { action: "legal.listed", route: "/api/lawful-requests" },
  async ({ actor, request }) => json(await listRequests(actor, readQuery(request, requestsQuery))),
);

export const POST = route(
  { action: "legal.registered", route: "/api/lawful-requests" },
  async ({ actor, request }) =>
    json(await registerRequest(actor, await readBody(request, registration, MOST)), 201),
);
