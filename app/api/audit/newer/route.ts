import { auditNewerQuery } from "../../../../contracts/audit.ts";
import { countNewer } from "../../../../server/audit/countNewer.ts";
import { readQuery } from "../../../../server/http/readBody.ts";
import { json, route } from "../../../../server/http/route.ts";

export const GET = route(
  { action: "audit.searched", route: "/api/audit/newer" },
  async ({ actor, request }) => json(await countNewer(actor, readQuery(request, auditNewerQuery))),
);
