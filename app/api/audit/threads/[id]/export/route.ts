import { auditViewsExportQuery } from "../../../../../../contracts/audit.ts";
import { exportThreadReaders } from "../../../../../../server/audit/exportViews.ts";
import { downloadOf } from "../../../../../../server/http/download.ts";
import { readQuery } from "../../../../../../server/http/readBody.ts";
import { route } from "../../../../../../server/http/route.ts";

export const GET = route(
  {
    action: "audit.exported",
    route: "/api/audit/threads/[id]/export",
    names: "threadId",
    leavesSomething: true,
  },
  async ({ actor, request, id }) => {
    readQuery(request, auditViewsExportQuery);
    return downloadOf("/api/audit/threads/[id]/export", await exportThreadReaders(actor, id));
  },
);
