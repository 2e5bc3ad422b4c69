import { json, route } from "../../../../server/http/route.ts";
import { readErasure } from "../../../../server/legal/erasures/readErasure.ts";

export const GET = route(
  { action: "legal.erasure_read", route: "/api/erasures/[id]", names: "entryId" },
  async ({ actor, id }) => json(await readErasure(actor, id)),
);
