import { retireNumberRequest } from "../../../../../../contracts/legal/agencies.ts";
import { readBody } from "../../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../../server/http/route.ts";
import { retireNumber } from "../../../../../../server/legal/agencies/retireNumber.ts";

export const POST = route(
  { action: "legal.number_retired", route: "/api/agencies/numbers/[id]/retire", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await retireNumber(actor, id, await readBody(request, retireNumberRequest))),
);
