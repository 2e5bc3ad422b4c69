import { json, route } from "../../../../server/http/route.ts";
import { readHold } from "../../../../server/legal/holds/readHold.ts";

export const GET = route(
  { action: "legal.hold_read", route: "/api/holds/[id]", names: "entryId" },
  async ({ actor, id }) => json(await readHold(actor, id)),
);
