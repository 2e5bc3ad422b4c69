import { ruleRequest } from "../../../../../contracts/legal/collections.ts";
import { addRule } from "../../../../../server/disclosure/addRule.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "legal.rule_added", route: "/api/collections/[id]/rules", names: "entryId" },
  async ({ actor, request, id }) => json(await addRule(actor, id, await readBody(request, ruleRequest))),
);
