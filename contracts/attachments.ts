import { z } from "zod";
import { id, instant } from "./triage.ts";

/** POST /api/views/:id/attachments/open: commits that an attachment is looked at. No content comes back. */
export const openAttachmentRequest = z.strictObject({
  messageId: id,
  revision: z.number().int().min(1),
  ordinal: z.number().int().min(0),
});
export type OpenAttachmentRequest = z.input<typeof openAttachmentRequest>;

/**
 * POST /api/attachment-readings/:id/read answers the bytes, as `application/octet-stream` whatever they are: draw them blurred
 * and grey, and wipe them at `expiresAt`. POST /api/attachment-readings/:id/shown, before they are drawn clearly, makes
 * "viewed by us" true in a CyberTip report.
 */
export const attachmentOpened = z.object({
  readingId: id,
  expiresAt: instant,
  mediaType: z.string(),
  sizeBytes: z.number(),
});
export type AttachmentOpened = z.infer<typeof attachmentOpened>;
