import { openRequest } from "../../../../../server/access/openRequest.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "approval.taken_up", route: "/api/requests/[id]/open", names: "entryId" },
  async ({ actor, id }) => json(await openRequest(actor, id), 201),
);
