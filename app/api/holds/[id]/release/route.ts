import { releaseHoldRequest } from "../../../../../contracts/legal/holds.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { releaseHold } from "../../../../../server/legal/holds/releaseHold.ts";

export const POST = route(
  { action: "legal.hold_released", route: "/api/holds/[id]/release", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await releaseHold(actor, id, await readBody(request, releaseHoldRequest))),
);
