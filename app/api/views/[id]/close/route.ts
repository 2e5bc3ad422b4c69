import { closeView } from "../../../../../server/disclosure/closeView.ts";
import { noContent, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "view.closed", route: "/api/views/[id]/close", names: "viewId" },
  async ({ actor, id }) => {
    await closeView(actor, id);
    return noContent();
  },
);
