import { discardRequest } from "../../../../../contracts/legal/productions.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { discardProduction } from "../../../../../server/legal/productions/discardProduction.ts";

export const POST = route(
  { action: "legal.packet_discarded", route: "/api/productions/[id]/discard", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await discardProduction(actor, id, (await readBody(request, discardRequest)).reason)),
);
