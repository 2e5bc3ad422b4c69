import { redactRequest } from "../../../../../contracts/legal/collections.ts";
import { redactByHand } from "../../../../../server/disclosure/redactByHand.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "legal.redacted", route: "/api/collections/[id]/redact", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await redactByHand(actor, id, await readBody(request, redactRequest))),
);
