import { showAttachment } from "../../../../../server/disclosure/showAttachment.ts";
import { noContent, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "attachment.shown", route: "/api/attachment-readings/[id]/shown", names: "entryId" },
  async ({ actor, id }) => {
    await showAttachment(actor, id);
    return noContent();
  },
);
