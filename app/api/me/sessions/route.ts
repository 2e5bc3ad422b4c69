import { json, route } from "../../../../server/http/route.ts";
import { ownSessions } from "../../../../server/staff/ownSessions.ts";

export const GET = route({ action: "staff.sessions_read", route: "/api/me/sessions" }, async ({ actor }) =>
  json(await ownSessions(actor)),
);
