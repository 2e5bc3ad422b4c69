import type { z } from "zod";
import type { attachmentOpened, openAttachmentRequest } from "../../contracts/attachments.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Commits that somebody looks at an attachment, under a view whose scope is the attachments. Reveals nothing: `readAttachment`
 * does that, in a later transaction.
 *
 * @throws Refusal when the view is not the actor's, has ended, covers no attachments or not this one; after 300 in an hour
 */
export async function openAttachment(
  actor: Actor,
  viewId: string,
  ask: z.output<typeof openAttachmentRequest>,
): Promise<z.output<typeof attachmentOpened>> {
  const { readingId, expiresAt, mediaType, sizeBytes } = await call<z.output<typeof attachmentOpened>>(
    actor,
    "access.open_attachment",
    viewId,
    ask.messageId,
    ask.revision,
    ask.ordinal,
  );
  return { readingId, expiresAt, mediaType, sizeBytes };
}
