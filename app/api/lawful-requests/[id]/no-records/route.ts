import { noRecordsRequest as asked } from "../../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { recordNoRecords } from "../../../../../server/legal/requests/recordNoRecords.ts";

export const POST = route(
  { action: "legal.no_records_found", route: "/api/lawful-requests/[id]/no-records", names: "entryId" },
  async ({ actor, request, id }) => json(await recordNoRecords(actor, id, await readBody(request, asked))),
);
