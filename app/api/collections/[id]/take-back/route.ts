import { takeBackRequest } from "../../../../../contracts/legal/collections.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { takeBack } from "../../../../../server/legal/collections/takeBack.ts";

export const POST = route(
  { action: "legal.decision_taken_back", route: "/api/collections/[id]/take-back", names: "entryId" },
  async ({ actor, request, id }) => json(await takeBack(actor, id, await readBody(request, takeBackRequest))),
);
