import { destroyThread } from "../../../../../../server/cybertip/destroyThread.ts";
import { json, route } from "../../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.destroyed", route: "/api/cybertips/[id]/destruction/confirm", names: "entryId" },
  async ({ actor, id }) => json(await destroyThread(actor, id)),
);
