import { json, route } from "../../../../../server/http/route.ts";
import { tryProduction } from "../../../../../server/legal/productions/tryProduction.ts";

export const POST = route(
  { action: "legal.packet_retried", route: "/api/productions/[id]/try-again", names: "entryId" },
  async ({ actor, id }) => json(await tryProduction(actor, id)),
);
