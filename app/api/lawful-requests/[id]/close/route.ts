import { closeRequest as asked } from "../../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { closeRequest } from "../../../../../server/legal/requests/closeRequest.ts";

export const POST = route(
  { action: "legal.closed", route: "/api/lawful-requests/[id]/close", names: "entryId" },
  async ({ actor, request, id }) => json(await closeRequest(actor, id, await readBody(request, asked))),
);
