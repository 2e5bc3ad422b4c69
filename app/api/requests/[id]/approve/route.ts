import { approveRequest } from "../../../../../contracts/access.ts";
import { answerRequest } from "../../../../../server/access/answerRequest.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "approval.given", route: "/api/requests/[id]/approve", names: "entryId" },
  async ({ actor, request, id }) => {
    const { note } = await readBody(request, approveRequest);
    return json(await answerRequest(actor, id, "approved", note));
  },
);
