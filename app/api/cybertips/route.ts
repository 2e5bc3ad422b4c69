import { registerQuery } from "../../../contracts/cybertip.ts";
import { listReports } from "../../../server/cybertip/listReports.ts";
import { readQuery } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";

export const GET = route({ action: "cybertip.listed", route: "/api/cybertips" }, async ({ actor, request }) =>
  json(await listReports(actor, readQuery(request, registerQuery))),
);
