import { exceedAnswer as asked } from "../../../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../../server/http/route.ts";
import { answerException } from "../../../../../../server/legal/requests/answerException.ts";

export const POST = route(
  { action: "legal.exception_answered", route: "/api/lawful-requests/[id]/exceed/answer", names: "entryId" },
  async ({ actor, request, id }) => json(await answerException(actor, id, await readBody(request, asked))),
);
