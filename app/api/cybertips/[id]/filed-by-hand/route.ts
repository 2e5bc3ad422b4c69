import { filedByHandRequest } from "../../../../../contracts/cybertip.ts";
import { recordFiledByHand } from "../../../../../server/cybertip/recordFiledByHand.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.filed_by_hand", route: "/api/cybertips/[id]/filed-by-hand", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await recordFiledByHand(actor, id, await readBody(request, filedByHandRequest))),
);
