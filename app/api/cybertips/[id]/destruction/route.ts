import { destructionRequest } from "../../../../../contracts/cybertip.ts";
import { askDestruction } from "../../../../../server/cybertip/askDestruction.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.destruction_asked", route: "/api/cybertips/[id]/destruction", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await askDestruction(actor, id, await readBody(request, destructionRequest))),
);
