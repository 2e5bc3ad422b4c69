import { openUnderGrantRequest } from "../../../../../contracts/access.ts";
import { openUnderGrant } from "../../../../../server/access/openUnderGrant.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "view.opened", route: "/api/grants/[id]/views", names: "entryId" },
  async ({ actor, request, id }) => {
    const { threadId } = await readBody(request, openUnderGrantRequest);
    return json(await openUnderGrant(actor, id, threadId), 201);
  },
);
