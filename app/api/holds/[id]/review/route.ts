import { reviewHoldRequest } from "../../../../../contracts/legal/holds.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { reviewHold } from "../../../../../server/legal/holds/reviewHold.ts";

export const POST = route(
  { action: "legal.hold_reviewed", route: "/api/holds/[id]/review", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await reviewHold(actor, id, await readBody(request, reviewHoldRequest))),
);
