import { confirmProductionRequest } from "../../../../../contracts/legal/holds.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { confirmProduction } from "../../../../../server/legal/holds/confirmProduction.ts";

export const POST = route(
  {
    action: "legal.hold_production_confirmed",
    route: "/api/holds/[id]/confirm-production",
    names: "entryId",
  },
  async ({ actor, request, id }) =>
    json(await confirmProduction(actor, id, await readBody(request, confirmProductionRequest))),
);
