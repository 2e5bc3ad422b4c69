import { deliverRequest } from "../../../../../contracts/legal/deliveries.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { deliver } from "../../../../../server/legal/deliveries/deliver.ts";

export const POST = route(
  { action: "legal.packet_delivered", route: "/api/productions/[id]/deliveries", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await deliver(actor, id, await readBody(request, deliverRequest, 256 * 1024)), 201),
);
