import { json, route } from "../../../../server/http/route.ts";
import { readCollection } from "../../../../server/legal/collections/readCollection.ts";

export const GET = route(
  { action: "legal.collection_read", route: "/api/collections/[id]", names: "entryId" },
  async ({ actor, id }) => json(await readCollection(actor, id)),
);
