import { readAttachment } from "../../../../../server/disclosure/readAttachment.ts";
import { writeAttachment } from "../../../../../server/disclosure/writeAttachment.ts";
import { route } from "../../../../../server/http/route.ts";

const ROUTE = "/api/attachment-readings/[id]/read";

export const POST = route(
  { action: "attachment.opened", route: ROUTE, names: "entryId" },
  async ({ actor, id, request }) => writeAttachment(ROUTE, await readAttachment(actor, id, request.signal)),
);
