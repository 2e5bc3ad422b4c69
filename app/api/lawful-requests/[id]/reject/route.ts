import { rejectRequest as asked } from "../../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { rejectRequest } from "../../../../../server/legal/requests/rejectRequest.ts";

export const POST = route(
  { action: "legal.rejected", route: "/api/lawful-requests/[id]/reject", names: "entryId" },
  async ({ actor, request, id }) => json(await rejectRequest(actor, id, await readBody(request, asked))),
);
