import { exceedRequest as asked } from "../../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { askException } from "../../../../../server/legal/requests/askException.ts";

export const POST = route(
  { action: "legal.exception_asked", route: "/api/lawful-requests/[id]/exceed", names: "entryId" },
  async ({ actor, request, id }) => json(await askException(actor, id, await readBody(request, asked))),
);
