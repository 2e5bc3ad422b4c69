import { withdrawRequest } from "../../../../../server/access/withdrawRequest.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "approval.withdrawn", route: "/api/requests/[id]/withdraw", names: "entryId" },
  async ({ actor, id }) => json(await withdrawRequest(actor, id)),
);
