import { listThreads } from "../../../../../server/access/listThreads.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const GET = route(
  { action: "grant.threads_read", route: "/api/grants/[id]/threads", names: "entryId" },
  async ({ actor, id }) => json(await listThreads(actor, id)),
);
