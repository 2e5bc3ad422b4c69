import { json, route } from "../../../../../server/http/route.ts";
import { readScope } from "../../../../../server/legal/requests/readScope.ts";

export const GET = route(
  { action: "legal.scope_counted", route: "/api/lawful-requests/[id]/scope", names: "entryId" },
  async ({ actor, id }) => json(await readScope(actor, id)),
);
