import { auditExportQuery } from "../../../../contracts/audit.ts";
import { exportEvents } from "../../../../server/audit/exportEvents.ts";
import { downloadOf } from "../../../../server/http/download.ts";
import { readQuery } from "../../../../server/http/readBody.ts";
import { route } from "../../../../server/http/route.ts";

export const GET = route(
  { action: "audit.exported", route: "/api/audit/export", leavesSomething: true },
  async ({ actor, request }) => {
    const query = readQuery(request, auditExportQuery);
    return downloadOf("/api/audit/export", await exportEvents(actor, query));
  },
);
