import { planNoticesRequest } from "../../../../../contracts/legal/notices.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { listNotices } from "../../../../../server/legal/notices/listNotices.ts";
import { planNotices } from "../../../../../server/legal/notices/planNotices.ts";

export const GET = route(
  { action: "legal.notices_listed", route: "/api/lawful-requests/[id]/notices", names: "entryId" },
  async ({ actor, id }) => json(await listNotices(actor, id)),
);

export const POST = route(
  { action: "legal.notice_planned", route: "/api/lawful-requests/[id]/notices", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await planNotices(actor, id, await readBody(request, planNoticesRequest)), 201),
);
