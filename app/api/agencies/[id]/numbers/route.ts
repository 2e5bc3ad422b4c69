import { enterNumberRequest } from "../../../../../contracts/legal/agencies.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { enterNumber } from "../../../../../server/legal/agencies/enterNumber.ts";

export const POST = route(
  { action: "legal.number_entered", route: "/api/agencies/[id]/numbers", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await enterNumber(actor, id, await readBody(request, enterNumberRequest)), 201),
);
