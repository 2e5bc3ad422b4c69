import { noContent, route } from "../../../../../server/http/route.ts";
import { endOwnSession } from "../../../../../server/staff/endOwnSession.ts";

export const DELETE = route(
  { action: "staff.session_ended", route: "/api/me/sessions/[id]", names: "entryId" },
  async ({ actor, id }) => {
    await endOwnSession(actor, id);
    return noContent();
  },
);
