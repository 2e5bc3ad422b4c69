import { readDesk } from "../../../server/compliance/readDesk.ts";
import { json, route } from "../../../server/http/route.ts";

export const GET = route({ action: "desk.read", route: "/api/compliance" }, async ({ actor }) =>
  json(await readDesk(actor)),
);
