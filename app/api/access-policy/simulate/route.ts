import { simulateRequest } from "../../../../contracts/accessPolicy.ts";
import { simulatePolicy } from "../../../../server/access/simulatePolicy.ts";
import { readBody } from "../../../../server/http/readBody.ts";
import { json, route } from "../../../../server/http/route.ts";

export const POST = route(
  { action: "policy.simulated", route: "/api/access-policy/simulate" },
  async ({ actor, request }) => json(await simulatePolicy(actor, await readBody(request, simulateRequest))),
);
