import { queuePageQuery } from "../../../../../contracts/triage.ts";
import { readQuery } from "../../../../../server/http/readBody.ts";
import { jsonText, route } from "../../../../../server/http/route.ts";
import { readQueuePage } from "../../../../../server/triage/readQueuePage.ts";

export const GET = route(
  { action: "queue.read", route: "/api/queues/[id]/cases", names: "queueId" },
  async ({ actor, request, id }) =>
    jsonText(await readQueuePage(actor, id, readQuery(request, queuePageQuery))),
);
