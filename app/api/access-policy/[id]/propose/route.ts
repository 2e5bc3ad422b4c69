import { policyReasonRequest } from "../../../../../contracts/accessPolicy.ts";
import { movePolicy } from "../../../../../server/access/movePolicy.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { noContent, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "policy.proposed", route: "/api/access-policy/[id]/propose", names: "entryId" },
  async ({ actor, request, id }) => {
    await movePolicy(actor, id, "propose", (await readBody(request, policyReasonRequest)).reason);
    return noContent();
  },
);
