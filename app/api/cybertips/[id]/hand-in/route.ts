import { handInRequest } from "../../../../../contracts/cybertip.ts";
import { handInReport } from "../../../../../server/cybertip/handInReport.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.handed_in", route: "/api/cybertips/[id]/hand-in", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await handInReport(actor, id, await readBody(request, handInRequest))),
);
