import { readRequest } from "../../../../server/access/readRequest.ts";
import { json, route } from "../../../../server/http/route.ts";

export const GET = route(
  { action: "request.listed", route: "/api/requests/[id]", names: "entryId" },
  async ({ actor, id }) => json(await readRequest(actor, id)),
);
