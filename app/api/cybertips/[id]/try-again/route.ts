import { fileRequest } from "../../../../../contracts/cybertip.ts";
import { tryAgain } from "../../../../../server/cybertip/tryAgain.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.filing_retried", route: "/api/cybertips/[id]/try-again", names: "entryId" },
  async ({ actor, id, request }) => json(await tryAgain(actor, id, await readBody(request, fileRequest))),
);
