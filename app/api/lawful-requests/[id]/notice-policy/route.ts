import { noticePolicyRequest } from "../../../../../contracts/legal/notices.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { setNoticePolicy } from "../../../../../server/legal/notices/setNoticePolicy.ts";

export const POST = route(
  { action: "legal.notice_policy_set", route: "/api/lawful-requests/[id]/notice-policy", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await setNoticePolicy(actor, id, await readBody(request, noticePolicyRequest))),
);
