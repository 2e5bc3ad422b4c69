import { fileRequest } from "../../../../../contracts/cybertip.ts";
import { fileReport } from "../../../../../server/cybertip/fileReport.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.filing_asked", route: "/api/cybertips/[id]/file", names: "entryId" },
  async ({ actor, id, request }) => json(await fileReport(actor, id, await readBody(request, fileRequest))),
);
