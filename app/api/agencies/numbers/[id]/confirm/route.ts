import { confirmNumberRequest } from "../../../../../../contracts/legal/agencies.ts";
import { readBody } from "../../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../../server/http/route.ts";
import { confirmNumber } from "../../../../../../server/legal/agencies/confirmNumber.ts";

export const POST = route(
  { action: "legal.number_confirmed", route: "/api/agencies/numbers/[id]/confirm", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await confirmNumber(actor, id, await readBody(request, confirmNumberRequest))),
);
