import { auditViewsExportQuery } from "../../../../../../contracts/audit.ts";
import { exportThreadReaders } from "../../../../../../server/audit/exportViews.ts";
import { downloadOf } from "../../../../../../server/http/download.ts";
import { readQuery } from "../../../../../../server/http/readBody.ts";
import { route } from "../../../../../../server/http/route.ts";
import { isSameOrigin } from "../../../../../../server/http/sameOrigin.ts";
import { Refusal } from "../../../../../../server/refusal.ts";

export const GET = route(
  { action: "audit.exported", route: "/api/audit/threads/[id]/export", names: "threadId" },
  async ({ actor, request, id }) => {
    // A link on another site could make an officer's browser fetch this with the session's cookie.
    if (!isSameOrigin(request.headers)) throw new Refusal("cross-origin");
    readQuery(request, auditViewsExportQuery);
    return downloadOf("/api/audit/threads/[id]/export", await exportThreadReaders(actor, id));
  },
);
