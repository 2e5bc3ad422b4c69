import { askBackRequest } from "../../../../../contracts/access.ts";
import { askBack } from "../../../../../server/access/askBack.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "approval.asked_back", route: "/api/requests/[id]/ask", names: "entryId" },
  async ({ actor, request, id }) => {
    const { question } = await readBody(request, askBackRequest);
    return json(await askBack(actor, id, question));
  },
);
