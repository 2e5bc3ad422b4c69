import { json, route } from "../../../../server/http/route.ts";
import { readCase } from "../../../../server/triage/readCase.ts";

export const GET = route(
  { action: "case.read", route: "/api/cases/[id]", names: "caseId" },
  async ({ actor, id }) => json(await readCase(actor, id)),
);
