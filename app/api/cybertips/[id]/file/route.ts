import { fileReport } from "../../../../../server/cybertip/fileReport.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.filing_asked", route: "/api/cybertips/[id]/file", names: "entryId" },
  async ({ actor, id }) => json(await fileReport(actor, id)),
);
