import { json, route } from "../../../server/http/route.ts";
import { readIntegrity } from "../../../server/integrity/readIntegrity.ts";

export const GET = route({ action: "log.state_read", route: "/api/integrity" }, async ({ actor }) =>
  json(await readIntegrity(actor)),
);
