import { auditExportQuery } from "../../../../contracts/audit.ts";
import { exportEvents } from "../../../../server/audit/exportEvents.ts";
import { downloadOf } from "../../../../server/http/download.ts";
import { readQuery } from "../../../../server/http/readBody.ts";
import { route } from "../../../../server/http/route.ts";
import { isSameOrigin } from "../../../../server/http/sameOrigin.ts";
import { Refusal } from "../../../../server/refusal.ts";

export const GET = route(
  { action: "audit.exported", route: "/api/audit/export" },
  async ({ actor, request }) => {
    // A link on another site could make an officer's browser fetch this with the session's cookie.
    if (!isSameOrigin(request.headers)) throw new Refusal("cross-origin");
    const query = readQuery(request, auditExportQuery);
    return downloadOf("/api/audit/export", await exportEvents(actor, query));
  },
);
