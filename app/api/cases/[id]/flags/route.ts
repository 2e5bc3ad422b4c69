import { raiseFlagRequest } from "../../../../../contracts/triage.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { raiseFlag } from "../../../../../server/triage/raiseFlag.ts";

export const POST = route(
  { action: "case.flagged", route: "/api/cases/[id]/flags", names: "caseId" },
  async ({ actor, request, id }) =>
    json(await raiseFlag(actor, id, await readBody(request, raiseFlagRequest)), 201),
);
