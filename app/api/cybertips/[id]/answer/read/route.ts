import { readAnswerRequest } from "../../../../../../contracts/cybertip.ts";
import { readAnswer } from "../../../../../../server/disclosure/readAnswer.ts";
import { writeContent } from "../../../../../../server/disclosure/writeContent.ts";
import { readBody } from "../../../../../../server/http/readBody.ts";
import { route } from "../../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.answer_read", route: "/api/cybertips/[id]/answer/read", names: "entryId" },
  async ({ actor, request, id }) =>
    writeContent(await readAnswer(actor, id, await readBody(request, readAnswerRequest))),
);
