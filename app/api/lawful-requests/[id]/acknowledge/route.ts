import { acknowledgeRequest as asked } from "../../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { acknowledgeRequest } from "../../../../../server/legal/requests/acknowledgeRequest.ts";

export const POST = route(
  { action: "legal.acknowledged", route: "/api/lawful-requests/[id]/acknowledge", names: "entryId" },
  async ({ actor, request, id }) => json(await acknowledgeRequest(actor, id, await readBody(request, asked))),
);
