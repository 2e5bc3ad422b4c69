import { openAttachmentRequest } from "../../../../../../contracts/attachments.ts";
import { openAttachment } from "../../../../../../server/disclosure/openAttachment.ts";
import { readBody } from "../../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../../server/http/route.ts";

export const POST = route(
  { action: "attachment.opened", route: "/api/views/[id]/attachments/open", names: "viewId" },
  async ({ actor, id, request }) =>
    json(await openAttachment(actor, id, await readBody(request, openAttachmentRequest)), 201),
);
