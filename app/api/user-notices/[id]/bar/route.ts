import { barNoticeRequest } from "../../../../../contracts/legal/notices.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { barNotice } from "../../../../../server/legal/notices/barNotice.ts";

export const POST = route(
  { action: "legal.notice_barred", route: "/api/user-notices/[id]/bar", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await barNotice(actor, id, await readBody(request, barNoticeRequest))),
);
