import { json, route } from "../../../server/http/route.ts";
import { listQueues } from "../../../server/triage/listQueues.ts";

export const GET = route({ action: "queue.list", route: "/api/queues" }, async ({ actor }) =>
  json(await listQueues(actor)),
);
