import { route } from "../../../server/http/route.ts";
import { openStream } from "../../../server/live/openStream.ts";

export const GET = route(
  { action: "staff.live", route: "/api/live" },
  async ({ actor, request }) =>
    new Response(await openStream(actor, request.signal), {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      },
    }),
);
