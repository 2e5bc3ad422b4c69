import { z } from "zod";
import { ERASURE_CONFLICTS, ERASURE_SCOPES, ERASURE_STATES } from "../../domain/legal/holdWords.ts";
import { moment, optional, platformId } from "../intakeFields.ts";
import { id, instant } from "../triage.ts";

const count = z.number().int();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What a platform sends to `POST /api/intake/v1/erasures` (key scope `erasures:write`). The OpenAPI document is made from
 * these.
 */
export const erasureAsk = z
  .strictObject({
    id: platformId.meta({
      description:
        "Your id of this erasure. Sent again with the same content, it is answered the same and done once.",
      examples: ["erasure-20260301-0001"],
    }),
    account: optional(z.strictObject({ id: platformId })).meta({
      description: "The account whose data is to be erased, in every thread. Either this or `thread`.",
    }),
    thread: optional(z.strictObject({ id: platformId })).meta({
      description: "The thread that is to be erased whole. Either this or `account`.",
    }),
    askedAt: optional(moment).meta({
      description: "When the person asked you. The month of Art. 12(3) counts from it.",
    }),
  })
  .refine((ask) => (ask.account === null) !== (ask.thread === null), {
    message: "Name an account or a thread: one of them.",
    path: ["account"],
  })
  .meta({ id: "Erasure", description: "A request to erase an account's data, or a thread." });
export type ErasureAsk = z.output<typeof erasureAsk>;

export const erasureReceipt = z
  .strictObject({
    id: z.string().meta({ description: "Your id." }),
    erasureId: id.meta({ description: "The console's id." }),
    state: z.enum(ERASURE_STATES).meta({
      description:
        "`received`: it will begin. `running`: it has begun. `deferred`: what may be erased is; the rest must be kept for now and is erased by itself later. `done`: nothing is left.",
    }),
    receivedAt: instant,
    doneAt: instant.nullable(),
    erased: z
      .strictObject({ threads: count, messages: count, attachments: count, identities: count })
      .meta({ description: "What has been erased so far." }),
    ground: z
      .strictObject({ law: z.string(), words: z.string() })
      .nullable()
      .meta({ description: "While deferred: the ground of law, in general words. No more can be told." }),
    proofSha256: sha256
      .nullable()
      .meta({ description: "When done: SHA-256 of the record of what was erased." }),
  })
  .meta({ id: "ErasureReceipt", description: "How far an erasure has come." });
export type ErasureReceipt = z.infer<typeof erasureReceipt>;

/** An erasure as counsel and compliance see it. */
export const erasureRow = z.object({
  id,
  number: count,
  platform: z.string(),
  /** The platform's id of it. */
  reference: z.string(),
  scope: z.enum(ERASURE_SCOPES),
  /** To counsel, while it is not done: whose. Afterwards nobody is told, since it is not kept. */
  subject: z.string().nullable(),
  state: z.enum(ERASURE_STATES),
  askedAt: instant.nullable(),
  receivedAt: instant,
  /** One month from when the person asked (GDPR Art. 12(3)); for the answer, which `deferred` is as well. */
  answerDueAt: instant,
  threads: z.object({ total: count, erased: count, deferred: count }),
  erased: z.object({ messages: count, attachments: count, identities: count, words: count, keys: count }),
  /** What it waits for, each cause once, those that last longest first. */
  conflicts: z.array(
    z.object({
      kind: z.enum(ERASURE_CONFLICTS),
      /** Of the hold, the report or the case. */
      id,
      /** Of the lawful request, the report or the case. Null to a reader who may not see it. */
      number: count.nullable(),
      requestId: id.nullable(),
      /** Null: until it is released, settled or decided. */
      until: instant.nullable(),
      threads: count,
    }),
  ),
  checkedAt: instant.nullable(),
  doneAt: instant.nullable(),
  proofSha256: sha256.nullable(),
});
export type ErasureRow = z.infer<typeof erasureRow>;

/** GET /api/erasures, newest first. */
export const erasuresQuery = z.strictObject({
  state: z.enum(["open", ...ERASURE_STATES]).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ErasuresQuery = z.output<typeof erasuresQuery>;
export const erasuresPage = z.object({
  erasures: z.array(erasureRow),
  nextCursor: z.string().nullable(),
  counts: z.object({ received: count, running: count, deferred: count, done: count }),
});
export type ErasuresPage = z.infer<typeof erasuresPage>;

/** GET /api/erasures/:id: with the proof, word for word (its SHA-256 stands in the log). */
export const erasureDetail = erasureRow.extend({ proof: z.string().nullable() });
export type ErasureDetail = z.infer<typeof erasureDetail>;
