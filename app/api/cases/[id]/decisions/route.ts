import { decideRequest } from "../../../../../contracts/triage.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { decideCase } from "../../../../../server/triage/decideCase.ts";

export const POST = route(
  { action: "case.decided", route: "/api/cases/[id]/decisions", names: "caseId" },
  async ({ actor, request, id }) =>
    json(await decideCase(actor, id, await readBody(request, decideRequest)), 201),
);
