import { json, route } from "../../../../server/http/route.ts";
import { readProduction } from "../../../../server/legal/productions/readProduction.ts";

export const GET = route(
  { action: "legal.packet_read", route: "/api/productions/[id]", names: "entryId" },
  async ({ actor, id }) => json(await readProduction(actor, id)),
);
