import { startReportRequest } from "../../../../../contracts/cybertip.ts";
import { startReport } from "../../../../../server/cybertip/startReport.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.started", route: "/api/cases/[id]/cybertips", names: "caseId" },
  async ({ actor, request, id }) =>
    json(await startReport(actor, id, await readBody(request, startReportRequest))),
);
