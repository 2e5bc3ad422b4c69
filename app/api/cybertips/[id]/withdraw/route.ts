import { withdrawRequest } from "../../../../../contracts/cybertip.ts";
import { withdrawReport } from "../../../../../server/cybertip/withdrawReport.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.withdrawn", route: "/api/cybertips/[id]/withdraw", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await withdrawReport(actor, id, await readBody(request, withdrawRequest))),
);
