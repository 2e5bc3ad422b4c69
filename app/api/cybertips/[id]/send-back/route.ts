import { sendBackRequest } from "../../../../../contracts/cybertip.ts";
import { sendBackReport } from "../../../../../server/cybertip/sendBackReport.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.sent_back", route: "/api/cybertips/[id]/send-back", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await sendBackReport(actor, id, await readBody(request, sendBackRequest))),
);
