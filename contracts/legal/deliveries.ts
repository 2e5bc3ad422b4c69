import { z } from "zod";
import { DELIVERY_CHANNELS, DELIVERY_STATES, ENCRYPTIONS } from "../../domain/legal/productionWords.ts";
import { id, instant, written } from "../triage.ts";

const sha512 = z.string().regex(/^[0-9a-fA-F]{128}$/, "A SHA-512 is 128 hexadecimal digits.");

/** The most that a public key may weigh, in characters. */
export const MOST_KEY_CHARACTERS = 64 * 1024;
/** The longest that a link may be good for, in hours. */
export const MOST_DELIVERY_HOURS = 14 * 24;

/** POST /api/productions/:id/deliveries */
export const deliverRequest = z
  .strictObject({
    recipientName: written(200).min(1, "Say who the packet is for: the officer, as the request names them."),
    linkBy: z.enum(DELIVERY_CHANNELS),
    codeBy: z.enum(DELIVERY_CHANNELS),
    hours: z.number().int().min(1).max(MOST_DELIVERY_HOURS).default(72),
    encryption: z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("none") }),
        z.strictObject({
          kind: z.literal("age"),
          recipient: z.string().min(1).max(4000),
        }),
        z.strictObject({ kind: z.literal("openpgp"), publicKey: z.string().min(1).max(MOST_KEY_CHARACTERS) }),
      ])
      .default({ kind: "none" }),
  })
  .refine((ask) => ask.linkBy !== ask.codeBy, {
    message: "Send the code by another way than the link: who reads one mailbox must not have both.",
    path: ["codeBy"],
  });
export type DeliverRequest = z.input<typeof deliverRequest>;
/** Shown once, and stored nowhere: only their hashes are kept. */
export const delivered = z.object({
  deliveryId: id,
  /** Absolute, with the token in its fragment, which browsers send to nobody. */
  link: z.string(),
  /** Ten digits, in two groups. */
  code: z.string(),
  expiresAt: instant,
});
export type Delivered = z.infer<typeof delivered>;

/** POST /api/deliveries/:id/recall: until it is fetched. */
export const recallRequest = z.strictObject({ reason: written(2000) });
export type RecallRequest = z.input<typeof recallRequest>;
export const deliveryMoved = z.object({ state: z.enum(DELIVERY_STATES) });
export type DeliveryMoved = z.infer<typeof deliveryMoved>;
/** POST /api/deliveries/:id/new-code: the old one is good for nothing from then on; the link stays. */
export const newCode = z.object({ code: z.string(), expiresAt: instant });
export type NewCode = z.infer<typeof newCode>;

// What the recipient is asked and told, without a session.

const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "The link is not whole. Copy all of it.");

/** POST /api/delivery/open: the token from the link's fragment, and the code. Spaces and hyphens in the code are left out. */
export const openDeliveryRequest = z.strictObject({ token, code: z.string().max(40) });
export type OpenDeliveryRequest = z.input<typeof openDeliveryRequest>;
export const openedDelivery = z.object({
  /** Opens `/api/delivery/download` and `/api/delivery/acknowledge` for an hour. Keep it in memory alone. */
  ticket: z.string(),
  ticketExpiresAt: instant,
  name: z.string(),
  /** As it will lie on the recipient's disk: `….zip`, `….zip.age` or `….zip.gpg`. */
  fileName: z.string(),
  /** Of the ZIP, before any encryption. */
  sizeBytes: z.number(),
  zipSha512: z.string(),
  manifestSha512: z.string(),
  /** The key that signed the packet; compare it with what the platform publishes. */
  vkey: z.string(),
  /** The log's public key, for the proof in the packet. */
  logVkey: z.string(),
  encryption: z.enum(ENCRYPTIONS),
  expiresAt: instant,
  acknowledgedAt: instant.nullable(),
});
export type OpenedDelivery = z.infer<typeof openedDelivery>;

/**
 * POST /api/delivery/download with the ticket as the form field `ticket` (so that a browser saves it to disk), or GET or POST
 * with `Authorization: Bearer <ticket>`. Plain ZIPs have a Content-Length and take `Range: bytes=N-`.
 */
export const ticketForm = z.strictObject({ ticket: token });

/** POST /api/delivery/acknowledge */
export const acknowledgeRequest = z.strictObject({
  ticket: token,
  name: written(200).min(1, "Type your name."),
  /** Of the ZIP as it was received, or of `tagmanifest-sha512.txt` in it. */
  sha512: sha512.optional(),
});
export type AcknowledgeRequest = z.input<typeof acknowledgeRequest>;
export const acknowledged = z.object({ acknowledgedAt: instant, hashAgrees: z.boolean().nullable() });
export type Acknowledged = z.infer<typeof acknowledged>;
