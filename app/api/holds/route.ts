import { holdsQuery } from "../../../contracts/legal/holds.ts";
import { readQuery } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";
import { listHolds } from "../../../server/legal/holds/listHolds.ts";

export const GET = route({ action: "legal.holds_listed", route: "/api/holds" }, async ({ actor, request }) =>
  json(await listHolds(actor, readQuery(request, holdsQuery))),
);
