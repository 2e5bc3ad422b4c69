import { auditViewsExportQuery } from "../../../../../../../contracts/audit.ts";
import { exportStaffViews } from "../../../../../../../server/audit/exportViews.ts";
import { downloadOf } from "../../../../../../../server/http/download.ts";
import { readQuery } from "../../../../../../../server/http/readBody.ts";
import { route } from "../../../../../../../server/http/route.ts";

export const GET = route(
  {
    action: "audit.exported",
    route: "/api/audit/staff/[id]/views/export",
    names: "staffId",
    leavesSomething: true,
  },
  async ({ actor, request, id }) => {
    readQuery(request, auditViewsExportQuery);
    return downloadOf("/api/audit/staff/[id]/views/export", await exportStaffViews(actor, id));
  },
);
