import { resolveSignalRequest } from "../../../../../contracts/signals.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { noContent, route } from "../../../../../server/http/route.ts";
import { resolveSignal } from "../../../../../server/signals/resolveSignal.ts";

export const POST = route(
  { action: "signal.resolved", route: "/api/signals/[id]/resolve", names: "entryId" },
  async ({ actor, request, id }) => {
    await resolveSignal(actor, id, await readBody(request, resolveSignalRequest));
    return noContent();
  },
);
