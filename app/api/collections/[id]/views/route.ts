import { openCollectionViewRequest } from "../../../../../contracts/legal/collections.ts";
import { openCollectionView } from "../../../../../server/disclosure/openCollectionView.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "view.opened", route: "/api/collections/[id]/views", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await openCollectionView(actor, id, await readBody(request, openCollectionViewRequest)), 201),
);
