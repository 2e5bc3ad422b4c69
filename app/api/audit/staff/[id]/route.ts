import { auditTrailQuery } from "../../../../../contracts/audit.ts";
import { readStaffTrail } from "../../../../../server/audit/readStaffTrail.ts";
import { readQuery } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const GET = route(
  { action: "audit.searched", route: "/api/audit/staff/[id]", names: "staffId" },
  async ({ actor, request, id }) =>
    json(await readStaffTrail(actor, id, readQuery(request, auditTrailQuery))),
);
