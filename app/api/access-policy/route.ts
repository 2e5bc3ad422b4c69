import { draftPolicyRequest } from "../../../contracts/accessPolicy.ts";
import { draftPolicy } from "../../../server/access/draftPolicy.ts";
import { listPolicies } from "../../../server/access/listPolicies.ts";
import { readBody } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";

export const GET = route({ action: "policy.read", route: "/api/access-policy" }, async ({ actor }) =>
  json(await listPolicies(actor)),
);

export const POST = route(
  { action: "policy.drafted", route: "/api/access-policy" },
  async ({ actor, request }) =>
    json(await draftPolicy(actor, await readBody(request, draftPolicyRequest)), 201),
);
