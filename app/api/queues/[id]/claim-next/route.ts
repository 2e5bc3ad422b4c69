import { json, route } from "../../../../../server/http/route.ts";
import { claimNext } from "../../../../../server/triage/claimNext.ts";

export const POST = route(
  { action: "case.claimed", route: "/api/queues/[id]/claim-next", names: "queueId" },
  async ({ actor, id }) => json(await claimNext(actor, id)),
);
