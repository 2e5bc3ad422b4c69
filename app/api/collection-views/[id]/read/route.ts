import { readCollectionView } from "../../../../../server/disclosure/readCollectionView.ts";
import { writeContent } from "../../../../../server/disclosure/writeContent.ts";
import { route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "view.read", route: "/api/collection-views/[id]/read", names: "viewId" },
  async ({ actor, id }) => writeContent(await readCollectionView(actor, id)),
);
