import { approveRequest as asked } from "../../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { approveRequest } from "../../../../../server/legal/requests/approveRequest.ts";

export const POST = route(
  { action: "legal.approved", route: "/api/lawful-requests/[id]/approve", names: "entryId" },
  async ({ actor, request, id }) => json(await approveRequest(actor, id, await readBody(request, asked))),
);
