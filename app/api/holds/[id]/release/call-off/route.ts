import { json, route } from "../../../../../../server/http/route.ts";
import { callOffRelease } from "../../../../../../server/legal/holds/callOffRelease.ts";

export const POST = route(
  { action: "legal.hold_release_called_off", route: "/api/holds/[id]/release/call-off", names: "entryId" },
  async ({ actor, id }) => json(await callOffRelease(actor, id)),
);
