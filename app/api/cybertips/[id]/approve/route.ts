import { approveRequest } from "../../../../../contracts/cybertip.ts";
import { approveReport } from "../../../../../server/cybertip/approveReport.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.approved", route: "/api/cybertips/[id]/approve", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await approveReport(actor, id, await readBody(request, approveRequest))),
);
