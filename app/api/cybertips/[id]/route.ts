import { readReport } from "../../../../server/cybertip/readReport.ts";
import { json, route } from "../../../../server/http/route.ts";

export const GET = route(
  { action: "cybertip.read", route: "/api/cybertips/[id]", names: "entryId" },
  async ({ actor, id }) => json(await readReport(actor, id)),
);
