import { json, route } from "../../../../../server/http/route.ts";
import { checkHold } from "../../../../../server/legal/holds/checkHold.ts";

export const POST = route(
  { action: "legal.hold_check_asked", route: "/api/holds/[id]/check", names: "entryId" },
  async ({ actor, id }) => json(await checkHold(actor, id)),
);
