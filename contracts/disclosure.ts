import { z } from "zod";
import { MESSAGE_KINDS, PURPOSES, SCOPES } from "../domain/vocabulary.ts";
import { id, instant, written } from "./triage.ts";

/** POST /api/cases/:id/views: states the reason, and commits grant, view and audit events. No content comes back. */
export const openViewRequest = z.strictObject({
  purpose: z.enum(PURPOSES),
  scope: z.enum(SCOPES).default("flagged_window"),
  /** Left out when `preset` is true: the server then writes the preset sentence of the claimed case. */
  reason: written(2000).optional(),
  preset: z.boolean().default(false),
});
export type OpenViewRequest = z.input<typeof openViewRequest>;

export const openViewResult = z.object({
  viewId: id,
  grantId: id,
  openedAt: instant,
  expiresAt: instant,
  messageCount: z.number().int(),
  /** The window reached its cap: more is behind another deliberate act. */
  truncated: z.boolean(),
});
export type OpenViewResult = z.infer<typeof openViewResult>;

/** GET /api/views/:id: whether it could still be read. A page whose live stream was away asks, and wipes when it is not. */
export const viewStanding = z.object({ open: z.boolean(), expiresAt: instant });
export type ViewStanding = z.infer<typeof viewStanding>;

/**
 * POST /api/views/:id/read: the only answer of the API that carries content. `no-store`; keep it in component state
 * alone, never in a cache, a store or the browser's storage, and wipe it at `expiresAt`, on pagehide and on pageshow
 * from the back/forward cache.
 */
export const viewContent = z.object({
  viewId: id,
  caseId: id,
  expiresAt: instant,
  messages: z.array(
    z.object({
      id,
      revision: z.number().int(),
      senderId: id,
      sentAt: instant,
      kind: z.enum(MESSAGE_KINDS),
      flagged: z.boolean(),
      editedAt: instant.nullable(),
      deletedAt: instant.nullable(),
      /** Hostile text, exactly as the platform sent it; null where there is none. */
      body: z.string().nullable(),
      attachments: z.array(
        z.object({
          mediaType: z.string(),
          sizeBytes: z.number(),
          sha256: z.string().nullable(),
          md5: z.string().nullable(),
          perceptualHash: z.string().nullable(),
          /** Where the platform keeps the file; only under the scope `attachment`. Text to be copied, never a link. */
          location: z.string().nullable(),
        }),
      ),
    }),
  ),
  /** Ids of neighbours that were left out between two shown messages are not told; only how many. */
  gaps: z.array(z.object({ beforeMessageId: id, count: z.number().int() })),
  participants: z.array(
    z.object({
      id,
      pseudonym: z.string(),
      handle: z.string().nullable(),
      displayName: z.string().nullable(),
    }),
  ),
  reporterWords: z.array(z.object({ flagId: id, words: z.string() })),
});
export type ViewContent = z.infer<typeof viewContent>;
