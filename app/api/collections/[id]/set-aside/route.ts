import { setAsideRequest } from "../../../../../contracts/legal/collections.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { setAside } from "../../../../../server/legal/collections/setAside.ts";

export const POST = route(
  { action: "legal.set_aside", route: "/api/collections/[id]/set-aside", names: "entryId" },
  async ({ actor, request, id }) => json(await setAside(actor, id, await readBody(request, setAsideRequest))),
);
