import { verdictRequest } from "../../../../../contracts/reviews.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { giveVerdict } from "../../../../../server/reviews/giveVerdict.ts";

export const POST = route(
  { action: "review.given", route: "/api/reviews/[id]/verdict", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await giveVerdict(actor, id, await readBody(request, verdictRequest))),
);
