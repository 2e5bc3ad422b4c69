import { readEvent } from "../../../../../server/audit/readEvent.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const GET = route(
  { action: "audit.searched", route: "/api/audit/events/[id]", names: "eventId" },
  async ({ actor, id }) => json(await readEvent(actor, id)),
);
