import { listPeople } from "../../../../server/audit/listPeople.ts";
import { json, route } from "../../../../server/http/route.ts";

export const GET = route({ action: "audit.searched", route: "/api/audit/people" }, async ({ actor }) =>
  json(await listPeople(actor)),
);
