import { signalsQuery } from "../../../contracts/signals.ts";
import { readQuery } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";
import { listSignals } from "../../../server/signals/listSignals.ts";

export const GET = route({ action: "signal.listed", route: "/api/signals" }, async ({ actor, request }) =>
  json(await listSignals(actor, readQuery(request, signalsQuery))),
);
