import { acknowledgeRequest } from "../../../../contracts/legal/deliveries.ts";
import { publicRoute } from "../../../../server/http/publicRoute.ts";
import { readBody } from "../../../../server/http/readBody.ts";
import { json } from "../../../../server/http/route.ts";
import { acknowledgeDelivery } from "../../../../server/legal/deliveries/acknowledgeDelivery.ts";

export const POST = publicRoute("/api/delivery/acknowledge", async ({ visitor, request }) =>
  json(await acknowledgeDelivery(visitor, await readBody(request, acknowledgeRequest))),
);
