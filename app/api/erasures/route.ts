import { erasuresQuery } from "../../../contracts/legal/erasures.ts";
import { readQuery } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";
import { listErasures } from "../../../server/legal/erasures/listErasures.ts";

export const GET = route(
  { action: "legal.erasures_listed", route: "/api/erasures" },
  async ({ actor, request }) => json(await listErasures(actor, readQuery(request, erasuresQuery))),
);
