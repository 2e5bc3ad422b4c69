import { reviewRequest } from "../../../../../contracts/breakGlass.ts";
import { reviewBreakGlass } from "../../../../../server/access/reviewBreakGlass.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { noContent, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "glass.reviewed", route: "/api/break-glass/[id]/review", names: "entryId" },
  async ({ actor, request, id }) => {
    await reviewBreakGlass(actor, id, await readBody(request, reviewRequest));
    return noContent();
  },
);
