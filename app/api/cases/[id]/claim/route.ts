import { json, noContent, route } from "../../../../../server/http/route.ts";
import { claimCase } from "../../../../../server/triage/claimCase.ts";
import { releaseCase } from "../../../../../server/triage/releaseCase.ts";

export const POST = route(
  { action: "case.claimed", route: "/api/cases/[id]/claim", names: "caseId" },
  async ({ actor, id }) => json(await claimCase(actor, id)),
);

export const DELETE = route(
  { action: "case.released", route: "/api/cases/[id]/claim", names: "caseId" },
  async ({ actor, id }) => {
    await releaseCase(actor, id);
    return noContent();
  },
);
