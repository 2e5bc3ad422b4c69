import { json, route } from "../../../../../server/http/route.ts";
import { renewCode } from "../../../../../server/legal/deliveries/renewCode.ts";

export const POST = route(
  { action: "legal.delivery_code_renewed", route: "/api/deliveries/[id]/new-code", names: "entryId" },
  async ({ actor, id }) => json(await renewCode(actor, id)),
);
