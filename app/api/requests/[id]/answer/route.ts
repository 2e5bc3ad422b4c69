import { answerRequest } from "../../../../../contracts/access.ts";
import { answerQuestion } from "../../../../../server/access/answerQuestion.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "approval.answered", route: "/api/requests/[id]/answer", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await answerQuestion(actor, id, await readBody(request, answerRequest))),
);
