import { holdRequest } from "../../../../../contracts/cybertip.ts";
import { holdThread } from "../../../../../server/cybertip/holdThread.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.held", route: "/api/cybertips/[id]/hold", names: "entryId" },
  async ({ actor, request, id }) => json(await holdThread(actor, id, await readBody(request, holdRequest))),
);
