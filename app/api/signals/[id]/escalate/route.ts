import { escalateSignalRequest } from "../../../../../contracts/signals.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { noContent, route } from "../../../../../server/http/route.ts";
import { escalateSignal } from "../../../../../server/signals/escalateSignal.ts";

export const POST = route(
  { action: "signal.escalated", route: "/api/signals/[id]/escalate", names: "entryId" },
  async ({ actor, request, id }) => {
    await escalateSignal(actor, id, await readBody(request, escalateSignalRequest));
    return noContent();
  },
);
