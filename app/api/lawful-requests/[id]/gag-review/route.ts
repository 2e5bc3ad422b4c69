import { reviewGagRequest } from "../../../../../contracts/legal/notices.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { reviewGag } from "../../../../../server/legal/notices/reviewGag.ts";

export const POST = route(
  { action: "legal.gag_reviewed", route: "/api/lawful-requests/[id]/gag-review", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await reviewGag(actor, id, await readBody(request, reviewGagRequest))),
);
