import { noticesQuery } from "../../../contracts/breakGlass.ts";
import { listNotices } from "../../../server/access/listNotices.ts";
import { readQuery } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";

export const GET = route({ action: "notice.listed", route: "/api/notices" }, async ({ actor, request }) =>
  json(await listNotices(actor, readQuery(request, noticesQuery))),
);
