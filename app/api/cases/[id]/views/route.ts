import { openViewRequest } from "../../../../../contracts/disclosure.ts";
import { openView } from "../../../../../server/disclosure/openView.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "access.requested", route: "/api/cases/[id]/views", names: "caseId" },
  async ({ actor, request, id }) =>
    json(await openView(actor, id, await readBody(request, openViewRequest)), 201),
);
