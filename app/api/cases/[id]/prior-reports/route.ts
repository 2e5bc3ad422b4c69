import { readPriorReports } from "../../../../../server/cybertip/readPriorReports.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const GET = route(
  {
    action: "cybertip.prior_read",
    route: "/api/cases/[id]/prior-reports",
    names: "caseId",
    leavesSomething: true,
  },
  async ({ actor, id }) => json(await readPriorReports(actor, id)),
);
