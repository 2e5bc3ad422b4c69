import { acknowledgeNotice } from "../../../../../server/access/acknowledgeNotice.ts";
import { noContent, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "notice.acknowledged", route: "/api/notices/[id]/acknowledge", names: "entryId" },
  async ({ actor, id }) => {
    await acknowledgeNotice(actor, id);
    return noContent();
  },
);
