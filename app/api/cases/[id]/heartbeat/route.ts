import { json, route } from "../../../../../server/http/route.ts";
import { keepClaim } from "../../../../../server/triage/keepClaim.ts";

export const POST = route(
  { action: "case.claim_kept", route: "/api/cases/[id]/heartbeat", names: "caseId" },
  async ({ actor, id }) => json(await keepClaim(actor, id)),
);
