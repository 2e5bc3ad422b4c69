import { stopFiling } from "../../../../../server/cybertip/stopFiling.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.stop_asked", route: "/api/cybertips/[id]/stop", names: "entryId" },
  async ({ actor, id }) => json(await stopFiling(actor, id)),
);
