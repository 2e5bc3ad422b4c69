import { auditTrailQuery } from "../../../../../contracts/audit.ts";
import { readThreadReaders } from "../../../../../server/audit/readThreadReaders.ts";
import { readQuery } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const GET = route(
  { action: "audit.searched", route: "/api/audit/threads/[id]", names: "threadId" },
  async ({ actor, request, id }) =>
    json(await readThreadReaders(actor, id, readQuery(request, auditTrailQuery))),
);
