import { editPolicyRequest } from "../../../../contracts/accessPolicy.ts";
import { editPolicy } from "../../../../server/access/editPolicy.ts";
import { readPolicy } from "../../../../server/access/readPolicy.ts";
import { readBody } from "../../../../server/http/readBody.ts";
import { json, noContent, route } from "../../../../server/http/route.ts";

/** A whole policy is a few hundred rules. */
const MOST_BYTES = 512 * 1024;

export const GET = route(
  { action: "policy.read", route: "/api/access-policy/[id]", names: "entryId" },
  async ({ actor, id }) => json(await readPolicy(actor, id)),
);

export const PUT = route(
  { action: "policy.edited", route: "/api/access-policy/[id]", names: "entryId" },
  async ({ actor, request, id }) => {
    await editPolicy(actor, id, await readBody(request, editPolicyRequest, MOST_BYTES));
    return noContent();
  },
);
