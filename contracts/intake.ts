import { z } from "zod";
import { LIMITS } from "../domain/intake/limits.ts";
import {
  AGE_BANDS,
  CATEGORIES,
  MESSAGE_KINDS,
  PLATFORM_SOURCES,
  REGIONS,
  SEVERITIES,
  THREAD_KINDS,
} from "../domain/vocabulary.ts";
import {
  content,
  country,
  hexDigest,
  label,
  mediaType,
  moment,
  optional,
  platformId,
  printableAscii,
} from "./intakeFields.ts";
import { problem } from "./problem.ts";

/**
 * What a platform sends to `POST /api/intake/v1/flags`. These schemas validate, and the OpenAPI document is made from
 * them. Objects are strict: a field that is not here is refused, never ignored.
 *
 * What one schema cannot see (duplicate ids, senders who are no participants, dates in the far future) is checked by
 * domain/intake/coherence.ts.
 */

export const attachment = z
  .strictObject({
    mediaType: mediaType.meta({ description: "Media type (RFC 6838).", examples: ["image/jpeg"] }),
    sizeBytes: z
      .int()
      .nonnegative()
      .meta({ description: "Size of the file.", examples: [48213] }),
    md5: optional(hexDigest(16)).meta({ description: "MD5 in hexadecimal." }),
    sha256: optional(hexDigest(32)).meta({ description: "SHA-256 in hexadecimal." }),
    perceptualHash: optional(
      z.strictObject({
        algorithm: label.meta({ description: "Name of the algorithm.", examples: ["pdq"] }),
        value: printableAscii(2048).meta({
          description: "The hash as the algorithm writes it: printable ASCII.",
        }),
      }),
    ).meta({ description: "A hash by which like images are found." }),
    location: content(LIMITS.locationBytes)
      .min(1)
      .meta({
        description:
          "Where the file lies on the platform's CDN. Sealed like a message: it may itself open the file.",
        examples: ["https://cdn.example.org/media/48213"],
      }),
  })
  .meta({ id: "Attachment", description: "A pointer to a file. The file itself is never sent." });

export const message = z
  .strictObject({
    id: platformId.meta({ description: "The message's id, unique in its thread.", examples: ["m-1"] }),
    senderId: platformId.meta({ description: "Id of one of `participants`.", examples: ["p-1"] }),
    sentAt: moment.meta({ description: "When it was sent. From 1990 to 24 hours from now." }),
    kind: z.enum(MESSAGE_KINDS).meta({ description: "What the message is." }),
    body: optional(content(LIMITS.bodyBytes)).meta({
      description:
        "The text, exactly as it was sent: any code points, at most 65,536 bytes of UTF-8. Sealed on arrival.",
    }),
    editedAt: optional(moment).meta({ description: "When it was last edited." }),
    deletedAt: optional(moment).meta({ description: "When it was deleted on the platform." }),
    attachments: z.array(attachment).max(LIMITS.attachments).default([]),
  })
  .meta({ id: "Message", description: "One message of the thread." });

export const participant = z
  .strictObject({
    id: platformId.meta({ description: "The account's id, unique in the thread.", examples: ["p-1"] }),
    handle: optional(content(LIMITS.nameBytes)).meta({ description: "Sealed on arrival." }),
    displayName: optional(content(LIMITS.nameBytes)).meta({ description: "Sealed on arrival." }),
    ageBand: z
      .enum(AGE_BANDS)
      .default("unknown")
      .meta({ description: "What the platform knows of the person's age." }),
    accountAgeDays: optional(z.int().min(0).max(36_500)).meta({
      description: "Days since the account was made.",
    }),
    country: optional(country).meta({ description: "ISO 3166-1 alpha-2.", examples: ["IE"] }),
  })
  .meta({ id: "Participant", description: "An account that takes part in the thread." });

export const thread = z
  .strictObject({
    id: platformId.meta({ description: "The thread's id on the platform.", examples: ["t-1"] }),
    kind: z
      .enum(THREAD_KINDS)
      .meta({ description: "Stays what it was when the thread was first delivered." }),
    region: z.enum(REGIONS).meta({
      description:
        "Where the thread's data belong; only staff with this region see it. Stays what it was at first.",
    }),
    participants: z.array(participant).min(1).max(LIMITS.participants),
    messages: z.array(message).min(1).max(LIMITS.messages).meta({
      description:
        "In the thread's order. Messages that were delivered before may be sent again or left out.",
    }),
  })
  .meta({ id: "Thread", description: "The conversation around what was flagged." });

export const flag = z
  .strictObject({
    id: platformId.meta({
      description: "The flag's own id on the platform. A repeat with the same id changes nothing.",
      examples: ["flag-1"],
    }),
    source: z.enum(PLATFORM_SOURCES).meta({ description: "Who or what raised it." }),
    category: z
      .enum(CATEGORIES)
      .meta({ description: "The policy category; with the region it decides the queue." }),
    severity: z.enum(SEVERITIES).meta({ description: "How grave it is; decides priority and due date." }),
    confidence: optional(z.number().min(0).max(1)).meta({ description: "How sure the source is, 0 to 1." }),
    raisedAt: optional(moment).meta({ description: "When the flag was raised on the platform." }),
    reporter: optional(
      z.strictObject({
        participantId: optional(platformId).meta({
          description: "The reporter, when they are in the thread.",
        }),
        accountId: optional(platformId).meta({
          description: "The reporter, when they are not in the thread.",
        }),
        words: optional(content(LIMITS.wordsBytes)).meta({
          description: "What they wrote, at most 16,384 bytes of UTF-8. Sealed on arrival.",
        }),
      }),
    ).meta({ description: "Who reported. `participantId` and `accountId` exclude each other." }),
    detector: optional(z.strictObject({ name: label, version: optional(label) })).meta({
      description: "What raised the flag, when no person did.",
    }),
    flaggedMessageIds: z
      .array(platformId)
      .min(1)
      .max(LIMITS.flaggedMessages)
      .meta({ description: "Ids of `thread.messages`, each once." }),
    thread,
  })
  .meta({ id: "Flag", description: "One signal about one thread, with the thread around it." });
export type Flag = z.output<typeof flag>;
export type FlagInput = z.input<typeof flag>;

/** What a flag is answered with; a repeat is answered the very same. */
export const receipt = z
  .strictObject({
    id: z.string().meta({ description: "The flag's id on the platform, as sent." }),
    flagId: z.uuid().meta({ description: "Our id of the flag." }),
    caseId: z.uuid().meta({ description: "The case that the flag opened or joined." }),
    joinedCase: z.boolean().meta({ description: "It joined a case that was open already." }),
    previousCaseId: z
      .uuid()
      .nullable()
      .meta({ description: "The decided case on the same thread that a new case cites." }),
    newMessages: z.int().meta({ description: "Messages of the thread that were not known before." }),
    receivedAt: z.string().meta({ format: "date-time" }),
  })
  .meta({ id: "Receipt", description: "What became of a flag." });
export type Receipt = z.infer<typeof receipt>;

/** One line of the answer to a stream, in the order of the lines that were sent. */
export const resultLine = z
  .union([
    z.strictObject({ line: z.int(), status: z.literal(201), receipt }),
    z.strictObject({ line: z.int(), status: z.int(), problem }),
  ])
  .meta({
    id: "ResultLine",
    description: "What became of one line; lines are counted from 1, blank ones too.",
  });
export type ResultLine = z.infer<typeof resultLine>;

/** The last line of the answer to a stream. Missing: the connection broke, send again. */
export const summaryLine = z
  .strictObject({
    summary: z.strictObject({
      lines: z.int().meta({ description: "Lines that were read, blank ones left out." }),
      accepted: z.int().meta({ description: "Repeats count as accepted." }),
      refused: z.int(),
      complete: z.boolean().meta({ description: "The whole stream was read." }),
      problem: problem.optional().meta({ description: "Why the rest was not read." }),
    }),
  })
  .meta({ id: "SummaryLine", description: "The last line of the answer to a stream." });
export type SummaryLine = z.infer<typeof summaryLine>;
