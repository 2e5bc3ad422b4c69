import { json, route } from "../../../../../server/http/route.ts";
import { listProductions } from "../../../../../server/legal/productions/listProductions.ts";

export const GET = route(
  { action: "legal.packet_read", route: "/api/lawful-requests/[id]/productions", names: "entryId" },
  async ({ actor, id }) => json(await listProductions(actor, id)),
);
