import { withdrawRequest as asked } from "../../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { withdrawRequest } from "../../../../../server/legal/requests/withdrawRequest.ts";

export const POST = route(
  { action: "legal.withdrawn", route: "/api/lawful-requests/[id]/withdraw", names: "entryId" },
  async ({ actor, request, id }) => json(await withdrawRequest(actor, id, await readBody(request, asked))),
);
