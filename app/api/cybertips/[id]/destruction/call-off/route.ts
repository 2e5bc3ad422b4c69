import { callOffDestruction } from "../../../../../../server/cybertip/callOffDestruction.ts";
import { json, route } from "../../../../../../server/http/route.ts";

export const POST = route(
  {
    action: "cybertip.destruction_called_off",
    route: "/api/cybertips/[id]/destruction/call-off",
    names: "entryId",
  },
  async ({ actor, id }) => json(await callOffDestruction(actor, id)),
);
