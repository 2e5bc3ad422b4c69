import { renewHoldRequest } from "../../../../../contracts/legal/holds.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { renewHold } from "../../../../../server/legal/holds/renewHold.ts";

export const POST = route(
  { action: "legal.hold_renewed", route: "/api/holds/[id]/renew", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await renewHold(actor, id, await readBody(request, renewHoldRequest))),
);
