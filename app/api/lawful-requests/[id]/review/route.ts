import { reviewRequest as asked } from "../../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { reviewRequest } from "../../../../../server/legal/requests/reviewRequest.ts";

export const POST = route(
  { action: "legal.taken_into_review", route: "/api/lawful-requests/[id]/review", names: "entryId" },
  async ({ actor, request, id }) => json(await reviewRequest(actor, id, await readBody(request, asked))),
);
