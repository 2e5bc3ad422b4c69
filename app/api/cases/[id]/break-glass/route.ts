import { breakGlassRequest } from "../../../../../contracts/breakGlass.ts";
import { breakGlass } from "../../../../../server/access/breakGlass.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "glass.broken", route: "/api/cases/[id]/break-glass", names: "caseId" },
  async ({ actor, request, id }) =>
    json(await breakGlass(actor, id, await readBody(request, breakGlassRequest)), 201),
);
