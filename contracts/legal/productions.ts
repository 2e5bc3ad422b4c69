import { z } from "zod";
import {
  DELIVERY_CHANNELS,
  DELIVERY_STATES,
  DISCARD_CODES,
  ENCRYPTIONS,
  PART_KINDS,
  PRODUCTION_STATES,
} from "../../domain/legal/productionWords.ts";
import { id, instant, staffRef, written } from "../triage.ts";

const sha512 = z.string().regex(/^[0-9a-f]{128}$/, "A SHA-512 is 128 hexadecimal digits.");
const count = z.number().int();

/** A production as a line of its request's page. */
export const productionRow = z.object({
  id,
  /** The packet's name, such as `LR-000012-VOL001`: also the folder in the ZIP and the name of the file. */
  name: z.string(),
  volume: count,
  requestId: id,
  requestNumber: count,
  collectionId: id,
  state: z.enum(PRODUCTION_STATES),
  /** A key of `PRODUCTION_STUCK` (domain/legal/productionWords.ts), whose words tell what to do. */
  stuckCode: z.string().nullable(),
  /** The file at which it stands still; no content is in its name. */
  stuckPath: z.string().nullable(),
  discardedWhy: z.enum(DISCARD_CODES).nullable(),
  /** Null when nothing was produced (the packet then says so). */
  bates: z.object({ first: z.string(), last: z.string() }).nullable(),
  progress: z.object({ partsDone: count, partsTotal: count, recordsDone: count, recordsTotal: count }),
  askedBy: staffRef,
  askedAt: instant,
  builtAt: instant.nullable(),
  releasedBy: staffRef.nullable(),
  releasedAt: instant.nullable(),
  /** Bytes of the ZIP; null until it is built. */
  sizeBytes: z.number().nullable(),
});
export type ProductionRow = z.infer<typeof productionRow>;

/** GET /api/lawful-requests/:id/productions: newest first. */
export const productionList = z.object({ productions: z.array(productionRow) });
export type ProductionList = z.infer<typeof productionList>;

/** POST /api/collections/:id/productions. The collection is handed in, the request approved and its agency verified. */
export const askProductionRequest = z.strictObject({
  /** What the cover letter says beside the facts; for the recipient, so no word of ours belongs here. */
  note: written(4000).optional(),
});
export type AskProductionRequest = z.input<typeof askProductionRequest>;
export const productionAsked = z.object({ productionId: id, name: z.string(), volume: count });
export type ProductionAsked = z.infer<typeof productionAsked>;

/** A file of the bag. */
export const productionPart = z.object({
  n: count,
  path: z.string(),
  kind: z.enum(PART_KINDS),
  state: z.enum(["waiting", "writing", "done", "absent"]),
  records: count,
  sizeBytes: z.number().nullable(),
  sha512: sha512.nullable(),
});
export type ProductionPart = z.infer<typeof productionPart>;

/** A line of the custody record: from the log, in its order. */
export const custodyLine = z.object({
  eventId: id,
  at: instant,
  /** Null: the worker, or the recipient. */
  by: staffRef.nullable(),
  /** An action of `domain/auditActions.ts`. */
  action: z.string(),
  outcome: z.string(),
  reason: z.string().nullable(),
});
export type CustodyLine = z.infer<typeof custodyLine>;

export const deliveryRow = z.object({
  id,
  state: z.enum(DELIVERY_STATES),
  recipientName: z.string(),
  linkBy: z.enum(DELIVERY_CHANNELS),
  codeBy: z.enum(DELIVERY_CHANNELS),
  encryption: z.enum(ENCRYPTIONS),
  /** Of the key: an age recipient, or an OpenPGP fingerprint. */
  recipientKey: z.string().nullable(),
  createdBy: staffRef,
  createdAt: instant,
  expiresAt: instant,
  /** Wrong codes that are left before it locks. */
  triesLeft: count,
  /** Downloads that were begun, and of these that ended whole. */
  downloadsBegun: count,
  downloadsWhole: count,
  firstFetchedAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  acknowledgedAs: z.string().nullable(),
  /** Whether the hash that the recipient gave is the packet's; null when none was given. */
  acknowledgedHashAgrees: z.boolean().nullable(),
  recalledBy: staffRef.nullable(),
  recalledAt: instant.nullable(),
  recallReason: z.string().nullable(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;

/** What the reader may do with the production as it stands. The verbs ask again. */
export const productionRights = z.object({
  compare: z.boolean(),
  release: z.boolean(),
  sendBack: z.boolean(),
  discard: z.boolean(),
  tryAgain: z.boolean(),
  deliver: z.boolean(),
  /** Take it out for hand-over: POST …/export. */
  export: z.boolean(),
});
export type ProductionRights = z.infer<typeof productionRights>;

/** GET /api/productions/:id: everything about a packet but what is in it. */
export const productionDetail = productionRow.extend({
  requestState: z.string(),
  note: z.string().nullable(),
  toolVersion: z.string(),
  cutOff: instant,
  stuckAt: instant.nullable(),
  /** When the job looks again by itself. */
  nextTryAt: instant.nullable(),
  discardedAt: instant.nullable(),
  discardReason: z.string().nullable(),
  sentBackBy: staffRef.nullable(),
  sentBackAt: instant.nullable(),
  sentBackReason: z.string().nullable(),
  /** Of `tagmanifest-sha512.txt`: what a release is bound to and what the certificate names. */
  manifestSha512: sha512.nullable(),
  /** Of the whole ZIP, for `sha512sum`. */
  zipSha512: sha512.nullable(),
  /** Of the key that signed it. */
  vkey: z.string().nullable(),
  /** The event whose proof lies in the packet. */
  exportEventId: id.nullable(),
  /** In the order of the bag, the first thousand; `partsLeftOut` says how many more there are. */
  parts: z.array(productionPart),
  partsLeftOut: count,
  custody: z.array(custodyLine),
  deliveries: z.array(deliveryRow),
  rights: productionRights,
  /** Why the reader may not release it: a key of `domain/denials.ts`; null when they may, or it is not asked for. */
  releaseBarredBy: z.string().nullable(),
});
export type ProductionDetail = z.infer<typeof productionDetail>;

/** GET /api/productions/:id/compare: what was asked for beside what is in the packet, in numbers. */
export const comparison = z.object({
  productionId: id,
  name: z.string(),
  manifestSha512: sha512,
  asked: z.object({
    type: z.string(),
    categories: z.array(z.string()),
    /** What the type and its exceptions allow. */
    allowed: z.array(z.string()),
    accounts: z.array(z.string()),
    from: instant.nullable(),
    until: instant.nullable(),
  }),
  content: z.object({
    byCategory: z.array(z.object({ category: z.string(), records: count })),
    /** Of messages, by who wrote them: named accounts by their id; everybody else is `third_parties`. */
    byAccount: z.array(z.object({ account: z.string(), records: count })),
    thirdPartyRecords: count,
    byDay: z.array(z.object({ day: z.iso.date(), records: count })),
    first: instant.nullable(),
    last: instant.nullable(),
    conversations: count,
    messages: count,
    deletedMessages: count,
    editedMessages: count,
    attachments: z.object({ included: count, notAvailable: count }),
    redactions: z.array(z.object({ reason: z.string(), times: count, records: count })),
    withheld: z.array(z.object({ kind: z.string(), records: count })),
    thirdParties: z.object({ pseudonymised: count, named: count }),
  }),
  /** What stands out: empty when the content lies within what was asked for. */
  findings: z.array(
    z.object({
      code: z.enum([
        "category-not-allowed",
        "account-not-named",
        "outside-the-dates",
        "named-account-empty",
        "attachment-not-available",
        "third-party-named",
        "nothing-withheld",
        "nothing-produced",
      ]),
      severity: z.enum(["bars", "look", "note"]),
      count,
    }),
  ),
});
export type Comparison = z.infer<typeof comparison>;

/** POST /api/productions/:id/release: what was compared, bound by its hash. */
export const releaseRequest = z.strictObject({ manifestSha512: sha512, note: written(2000).optional() });
export type ReleaseRequest = z.input<typeof releaseRequest>;
/** POST /api/productions/:id/send-back */
export const sendBackProductionRequest = z.strictObject({ reason: written(2000) });
export type SendBackProductionRequest = z.input<typeof sendBackProductionRequest>;
/** POST /api/productions/:id/discard */
export const discardRequest = z.strictObject({ reason: written(2000) });
export type DiscardRequest = z.input<typeof discardRequest>;
/** POST /api/productions/:id/export: the ZIP, for handing over in person. The reason is on record first. */
export const exportProductionRequest = z.strictObject({ reason: written(2000) });
export type ExportProductionRequest = z.input<typeof exportProductionRequest>;
/** What such a verb answers. */
export const productionMoved = z.object({ state: z.enum(PRODUCTION_STATES) });
export type ProductionMoved = z.infer<typeof productionMoved>;
