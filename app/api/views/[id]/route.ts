import { checkView } from "../../../../server/disclosure/checkView.ts";
import { json, route } from "../../../../server/http/route.ts";

export const GET = route(
  { action: "view.read", route: "/api/views/[id]", names: "viewId" },
  async ({ actor, id }) => json(await checkView(actor, id)),
);
