import { recallRequest } from "../../../../../contracts/legal/deliveries.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { recallDelivery } from "../../../../../server/legal/deliveries/recallDelivery.ts";

export const POST = route(
  { action: "legal.delivery_recalled", route: "/api/deliveries/[id]/recall", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await recallDelivery(actor, id, (await readBody(request, recallRequest)).reason)),
);
