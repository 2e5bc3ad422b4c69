import { openDeliveryRequest } from "../../../../contracts/legal/deliveries.ts";
import { publicRoute } from "../../../../server/http/publicRoute.ts";
import { readBody } from "../../../../server/http/readBody.ts";
import { json } from "../../../../server/http/route.ts";
import { openDelivery } from "../../../../server/legal/deliveries/openDelivery.ts";

export const POST = publicRoute("/api/delivery/open", async ({ visitor, request }) =>
  json(await openDelivery(visitor, await readBody(request, openDeliveryRequest))),
);
