import { breakGlassQuery } from "../../../contracts/breakGlass.ts";
import { listBreakGlass } from "../../../server/access/listBreakGlass.ts";
import { readQuery } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";

export const GET = route({ action: "glass.listed", route: "/api/break-glass" }, async ({ actor, request }) =>
  json(await listBreakGlass(actor, readQuery(request, breakGlassQuery))),
);
