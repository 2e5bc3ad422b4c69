import { needInfoRequest as asked } from "../../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { needInfo } from "../../../../../server/legal/requests/needInfo.ts";

export const POST = route(
  { action: "legal.info_asked", route: "/api/lawful-requests/[id]/need-info", names: "entryId" },
  async ({ actor, request, id }) => json(await needInfo(actor, id, await readBody(request, asked))),
);
