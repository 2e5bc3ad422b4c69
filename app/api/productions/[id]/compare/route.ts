import { json, route } from "../../../../../server/http/route.ts";
import { compareProduction } from "../../../../../server/legal/productions/compareProduction.ts";

/** That somebody compared is on record, and a release rests on it: a link on another site must not do it for them. */
export const GET = route(
  {
    action: "legal.packet_compared",
    route: "/api/productions/[id]/compare",
    names: "entryId",
    leavesSomething: true,
  },
  async ({ actor, id }) => json(await compareProduction(actor, id)),
);
