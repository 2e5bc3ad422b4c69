import { sendNoticeRequest } from "../../../../../contracts/legal/notices.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { sendNotice } from "../../../../../server/legal/notices/sendNotice.ts";

export const POST = route(
  { action: "legal.notice_released", route: "/api/user-notices/[id]/send", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await sendNotice(actor, id, await readBody(request, sendNoticeRequest))),
);
