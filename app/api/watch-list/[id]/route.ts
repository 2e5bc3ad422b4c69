import { endWatch } from "../../../../server/access/endWatch.ts";
import { noContent, route } from "../../../../server/http/route.ts";

export const DELETE = route(
  { action: "watch.ended", route: "/api/watch-list/[id]", names: "entryId" },
  async ({ actor, id }) => {
    await endWatch(actor, id);
    return noContent();
  },
);
