import { exportReportRequest } from "../../../../../contracts/cybertip.ts";
import { openExport } from "../../../../../server/cybertip/openExport.ts";
import { readFiling } from "../../../../../server/disclosure/readFiling.ts";
import { writeExport } from "../../../../../server/disclosure/writeExport.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { route } from "../../../../../server/http/route.ts";

const ROUTE = "/api/cybertips/[id]/export";

export const POST = route(
  { action: "cybertip.exported", route: ROUTE, names: "entryId" },
  async ({ actor, id, request }) => {
    const { reason } = await readBody(request, exportReportRequest);
    const { readingId, number, revision } = await openExport(actor, id, reason);
    const filing = await readFiling(actor, readingId);
    return writeExport(ROUTE, filing, { number, revision, readingId, now: new Date() });
  },
);
