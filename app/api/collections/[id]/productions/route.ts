import { askProductionRequest } from "../../../../../contracts/legal/productions.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { askProduction } from "../../../../../server/legal/productions/askProduction.ts";

export const POST = route(
  { action: "legal.packet_asked", route: "/api/collections/[id]/productions", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await askProduction(actor, id, await readBody(request, askProductionRequest)), 201),
);
