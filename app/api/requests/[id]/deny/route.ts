import { denyRequest } from "../../../../../contracts/access.ts";
import { answerRequest } from "../../../../../server/access/answerRequest.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "approval.refused", route: "/api/requests/[id]/deny", names: "entryId" },
  async ({ actor, request, id }) => {
    const { note } = await readBody(request, denyRequest);
    return json(await answerRequest(actor, id, "denied", note));
  },
);
