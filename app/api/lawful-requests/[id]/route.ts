import { changeRequest } from "../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../server/http/readBody.ts";
import { json, route } from "../../../../server/http/route.ts";
import { changeFacts } from "../../../../server/legal/requests/changeFacts.ts";
import { readRequest } from "../../../../server/legal/requests/readRequest.ts";

export const GET = route(
  { action: "legal.read", route: "/api/lawful-requests/[id]", names: "entryId" },
  async ({ actor, id }) => json(await readRequest(actor, id)),
);

export const PATCH = route(
  { action: "legal.changed", route: "/api/lawful-requests/[id]", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await changeFacts(actor, id, await readBody(request, changeRequest))),
);
