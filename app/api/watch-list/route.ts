import { addWatchRequest } from "../../../contracts/watchList.ts";
import { addWatch } from "../../../server/access/addWatch.ts";
import { listWatch } from "../../../server/access/listWatch.ts";
import { readBody } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";

export const GET = route({ action: "watch.listed", route: "/api/watch-list" }, async ({ actor }) =>
  json(await listWatch(actor)),
);

export const POST = route({ action: "watch.added", route: "/api/watch-list" }, async ({ actor, request }) =>
  json(await addWatch(actor, await readBody(request, addWatchRequest)), 201),
);
