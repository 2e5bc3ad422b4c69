import { auditTrailQuery } from "../../../../../../contracts/audit.ts";
import { readStaffViews } from "../../../../../../server/audit/readStaffViews.ts";
import { readQuery } from "../../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../../server/http/route.ts";

export const GET = route(
  { action: "audit.searched", route: "/api/audit/staff/[id]/views", names: "staffId" },
  async ({ actor, request, id }) =>
    json(await readStaffViews(actor, id, readQuery(request, auditTrailQuery))),
);
