import { noContent, route } from "../../../../../server/http/route.ts";
import { ownSignal } from "../../../../../server/signals/ownSignal.ts";

export const POST = route(
  { action: "signal.owned", route: "/api/signals/[id]/own", names: "entryId" },
  async ({ actor, id }) => {
    await ownSignal(actor, id);
    return noContent();
  },
);
