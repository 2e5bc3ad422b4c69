import { auditTrailQuery } from "../../../../../contracts/audit.ts";
import { readCaseTrail } from "../../../../../server/audit/readCaseTrail.ts";
import { readQuery } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const GET = route(
  { action: "audit.searched", route: "/api/audit/cases/[id]", names: "caseId" },
  async ({ actor, request, id }) => json(await readCaseTrail(actor, id, readQuery(request, auditTrailQuery))),
);
