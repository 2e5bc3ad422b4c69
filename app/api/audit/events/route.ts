import { auditQuery } from "../../../../contracts/audit.ts";
import { listEvents } from "../../../../server/audit/listEvents.ts";
import { readQuery } from "../../../../server/http/readBody.ts";
import { json, route } from "../../../../server/http/route.ts";

export const GET = route(
  { action: "audit.searched", route: "/api/audit/events" },
  async ({ actor, request }) => json(await listEvents(actor, readQuery(request, auditQuery))),
);
