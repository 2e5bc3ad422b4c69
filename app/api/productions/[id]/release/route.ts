import { releaseRequest } from "../../../../../contracts/legal/productions.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { releaseProduction } from "../../../../../server/legal/productions/releaseProduction.ts";

export const POST = route(
  { action: "legal.packet_released", route: "/api/productions/[id]/release", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await releaseProduction(actor, id, await readBody(request, releaseRequest))),
);
