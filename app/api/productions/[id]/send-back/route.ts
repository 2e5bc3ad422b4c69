import { sendBackProductionRequest } from "../../../../../contracts/legal/productions.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { sendBackProduction } from "../../../../../server/legal/productions/sendBackProduction.ts";

export const POST = route(
  { action: "legal.packet_sent_back", route: "/api/productions/[id]/send-back", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await sendBackProduction(actor, id, (await readBody(request, sendBackProductionRequest)).reason)),
);
