import { accessRequest } from "../../../../../contracts/access.ts";
import { requestAccess } from "../../../../../server/access/requestAccess.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "access.requested", route: "/api/cases/[id]/requests", names: "caseId" },
  async ({ actor, request, id }) => {
    const answer = await requestAccess(actor, id, await readBody(request, accessRequest));
    return json(answer, answer.state === "granted" ? 201 : 202);
  },
);
