import { z } from "zod";
import { readExportMessages, readSubmissionMessages } from "../../db/content-client.ts";
import type { TranscriptMessage } from "../../domain/cybertip/transcript/transcript.ts";
import { MESSAGE_KINDS } from "../../domain/vocabulary.ts";
import { Refusal } from "../refusal.ts";
import { base64, type OpenBox, openBoxes, sealedKeys } from "./openBoxes.ts";
import type { FilingReader } from "./readFiling.ts";

const AT_ONCE = 1_000;

const orderAnswer = z.object({ ok: z.literal(true), order: z.array(z.string()) });
/** Messages as the database hands them out, sealed, with the keys that open them. */
export const sealedMessages = z.object({
  ok: z.literal(true),
  messages: z.array(
    z.object({
      id: z.string(),
      platformMessageId: z.string(),
      senderId: z.string(),
      sentAt: z.coerce.date(),
      kind: z.enum(MESSAGE_KINDS),
      editedAt: z.coerce.date().nullable(),
      deletedAt: z.coerce.date().nullable(),
      keyId: z.string(),
      body: base64.nullable(),
      flagged: z.boolean(),
      revision: z.number(),
      attachments: z
        .array(
          z.object({
            ordinal: z.number(),
            mediaType: z.string(),
            sizeBytes: z.number(),
            md5: z.string().nullable(),
            sha256: z.string().nullable(),
          }),
        )
        .nullable(),
    }),
  ),
  keys: sealedKeys,
});
const refused = z.object({ ok: z.literal(false), code: z.string() });

/** What a transcript calls the ids of ours. */
export interface PlatformNames {
  /** Platform's ids of senders, by ours. */
  readonly senders: ReadonlyMap<string, string>;
  /** Names under which attachments are filed, by `message/revision/ordinal`. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Reads a thread from its first message to its last, under a reading, a thousand messages at a time: no more of them are held,
 * and each thousand is asked for anew, so that a reading that ends stops it.
 *
 * @throws Refusal when the reading ends in between, or a ciphertext was moved or changed
 */
export async function* readThread(
  reader: FilingReader,
  readingId: string,
  threadId: string,
  { senders, names }: PlatformNames,
): AsyncGenerator<TranscriptMessage, void, void> {
  const { order } = orderAnswer.parse(allowed(await ask(reader, readingId, null)));
  for (let i = 0; i < order.length; i += AT_ONCE) {
    const ids = order.slice(i, i + AT_ONCE);
    const { messages, keys } = sealedMessages.parse(allowed(await ask(reader, readingId, ids)));
    yield* openMessages(ids, messages, await openBoxes(threadId, keys), { senders, names });
  }
}

/** Opens messages, in the order of `ids`. @throws Refusal `sealed-damaged` when one is missing, moved or changed */
export function* openMessages(
  ids: readonly string[],
  messages: z.output<typeof sealedMessages>["messages"],
  open: OpenBox,
  { senders, names }: PlatformNames,
): Generator<TranscriptMessage, void, void> {
  const byId = new Map(messages.map((one) => [one.id, one]));
  for (const id of ids) {
    const one = byId.get(id);
    // What was there a moment ago and is not any more: a transcript with a hole would not say so.
    if (!one) throw new Refusal("sealed-damaged");
    yield {
      id: one.platformMessageId,
      senderId: senders.get(one.senderId) ?? one.senderId,
      sentAt: one.sentAt,
      kind: one.kind,
      body: one.body && open(one.keyId, { of: "message", id }, one.body),
      editedAt: one.editedAt,
      deletedAt: one.deletedAt,
      flagged: one.flagged,
      attachments: (one.attachments ?? []).map(({ ordinal, ...file }) => ({
        ...file,
        id: names.get(`${id}/${one.revision}/${ordinal}`) ?? `${one.platformMessageId}/${ordinal + 1}`,
      })),
    };
  }
}

function ask(reader: FilingReader, readingId: string, ids: readonly string[] | null): Promise<unknown> {
  return "worker" in reader
    ? readSubmissionMessages(reader.lease, readingId, ids)
    : readExportMessages(reader, readingId, ids);
}

function allowed(answer: unknown): unknown {
  const no = refused.safeParse(answer);
  if (no.success) throw new Refusal(no.data.code, { recorded: true });
  return answer;
}
