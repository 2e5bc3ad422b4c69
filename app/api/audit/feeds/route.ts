import { json, route } from "../../../../server/http/route.ts";
import { listFeeds } from "../../../../server/siem/listFeeds.ts";

export const GET = route({ action: "siem.listed", route: "/api/audit/feeds" }, async ({ actor }) =>
  json(await listFeeds(actor)),
);
