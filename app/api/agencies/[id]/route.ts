import { changeAgencyRequest } from "../../../../contracts/legal/agencies.ts";
import { readBody } from "../../../../server/http/readBody.ts";
import { json, route } from "../../../../server/http/route.ts";
import { changeAgency } from "../../../../server/legal/agencies/changeAgency.ts";

export const PATCH = route(
  { action: "legal.agency_changed", route: "/api/agencies/[id]", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await changeAgency(actor, id, await readBody(request, changeAgencyRequest))),
);
