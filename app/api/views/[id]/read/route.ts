import { readView } from "../../../../../server/disclosure/readView.ts";
import { writeContent } from "../../../../../server/disclosure/writeContent.ts";
import { route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "view.read", route: "/api/views/[id]/read", names: "viewId" },
  async ({ actor, id }) => writeContent(await readView(actor, id)),
);
