import { json, route } from "../../../../server/http/route.ts";
import { readSignal } from "../../../../server/signals/readSignal.ts";

export const GET = route(
  { action: "signal.read", route: "/api/signals/[id]", names: "entryId" },
  async ({ actor, id }) => json(await readSignal(actor, id)),
);
