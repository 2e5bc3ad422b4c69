import { agenciesQuery, enterAgencyRequest } from "../../../contracts/legal/agencies.ts";
import { readBody, readQuery } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";
import { enterAgency } from "../../../server/legal/agencies/enterAgency.ts";
import { listAgencies } from "../../../server/legal/agencies/listAgencies.ts";

export const GET = route(
  { action: "legal.agencies_read", route: "/api/agencies" },
  async ({ actor, request }) => json(await listAgencies(actor, readQuery(request, agenciesQuery))),
);

export const POST = route(
  { action: "legal.agency_entered", route: "/api/agencies" },
  async ({ actor, request }) =>
    json(await enterAgency(actor, await readBody(request, enterAgencyRequest)), 201),
);
