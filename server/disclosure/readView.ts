import { createSecretKey, type KeyObject } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { ViewContent } from "../../contracts/disclosure.ts";
import { readSealed } from "../../db/content-client.ts";
import { MESSAGE_KINDS } from "../../domain/vocabulary.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { openBox } from "./box.ts";
import { KeyProviderError } from "./keys/KeyProvider.ts";
import { keyProvider } from "./keys/provider.ts";
import { Sealed } from "./Sealed.ts";
import { bytesText, keyBytes, type Slot, slotBytes } from "./slots.ts";

const base64 = z.string().transform((text) => Buffer.from(text, "base64"));

const sealedView = z.object({
  ok: z.literal(true),
  viewId: z.string(),
  caseId: z.string(),
  threadId: z.string(),
  expiresAt: z.string(),
  // The messages' ids in the thread's order, and the place of each in the thread, counted from 1.
  order: z.array(z.string()),
  places: z.array(z.number()),
  keys: z.array(z.object({ id: z.string(), kekId: z.string(), wrapped: base64 })),
  messages: z.array(
    z.object({
      id: z.string(),
      revision: z.number(),
      senderId: z.string(),
      sentAt: z.string(),
      kind: z.enum(MESSAGE_KINDS),
      flagged: z.boolean(),
      editedAt: z.string().nullable(),
      deletedAt: z.string().nullable(),
      keyId: z.string(),
      body: base64.nullable(),
      attachments: z
        .array(
          z.object({
            mediaType: z.string(),
            sizeBytes: z.number(),
            sha256: z.string().nullable(),
            md5: z.string().nullable(),
            perceptualHash: z.string().nullable(),
            ordinal: z.number(),
            keyId: z.string(),
            /** Null unless the view's scope is the attachments. */
            location: base64.nullable(),
          }),
        )
        .nullable(),
    }),
  ),
  participants: z.array(
    z.object({ id: z.string(), ordinal: z.number(), keyId: z.string(), identity: base64 }),
  ),
  words: z.array(z.object({ flagId: z.string(), keyId: z.string(), words: base64 })),
});
const refused = z.object({ ok: z.literal(false), code: z.string() });
const identitySchema = z.object({ handle: z.string().nullable(), displayName: z.string().nullable() });

const notYet = z.object({ code: z.literal("awaiting-checkpoint"), wait: z.literal(true) });
const ASK_AGAIN_MS = 40;

/**
 * In strict mode a view's leaf must be under a signed checkpoint first. For three seconds after the view was opened the
 * database says "not yet"; then it reveals or refuses.
 */
async function readWhenSigned(actor: Actor, viewId: string): Promise<unknown> {
  for (;;) {
    const answer = await readSealed(actor, viewId);
    if (!notYet.safeParse(answer).success) return answer;
    await setTimeout(ASK_AGAIN_MS);
  }
}

/**
 * Reads what a committed view covers. The database checks the view and hands out ciphertext and wrapped keys; the key
 * provider unwraps; each text opens only in its own place.
 *
 * @returns the content, in a wrapper that cannot be printed or serialised by accident
 * @throws Refusal when the view is not the actor's, not committed, ended or expired; `sealed-damaged` when a ciphertext
 *   was moved or changed
 */
export async function readView(actor: Actor, viewId: string): Promise<Sealed<ViewContent>> {
  const answer = await readWhenSigned(actor, viewId);
  const no = refused.safeParse(answer);
  if (no.success) throw new Refusal(no.data.code, { recorded: true });
  const view = sealedView.parse(answer);

  const dataKeys = new Map<string, KeyObject>();
  for (const key of view.keys) {
    const dataKey = await keyProvider()
      .unwrap(key.kekId, key.wrapped, keyBytes(view.threadId, key.id))
      .catch((error: unknown) => {
        throw error instanceof KeyProviderError ? new Refusal("sealed-damaged") : error;
      });
    dataKeys.set(key.id, createSecretKey(dataKey));
    dataKey.fill(0);
  }
  const open = (keyId: string, slot: Slot, box: Buffer): string => {
    const dataKey = dataKeys.get(keyId);
    const plain = dataKey && openBox(dataKey, box, slotBytes(view.threadId, keyId, slot));
    if (!plain) throw new Refusal("sealed-damaged");
    return bytesText(plain);
  };

  const byId = new Map(view.messages.map((message) => [message.id, message]));
  const messages: ViewContent["messages"] = [];
  const gaps: ViewContent["gaps"] = [];
  for (const [i, id] of view.order.entries()) {
    const sealed = byId.get(id);
    if (!sealed) continue;
    const { keyId, body, attachments, ...message } = sealed;
    messages.push({
      ...message,
      body: body && open(keyId, { of: "message", id }, body),
      attachments: (attachments ?? []).map(({ keyId: fileKeyId, ordinal, location, ...file }) => ({
        ...file,
        location: location && open(fileKeyId, { of: "location", id, ordinal }, location),
      })),
    });
    const count = (view.places[i] ?? 0) - (view.places[i - 1] ?? 0) - 1;
    if (count > 0) gaps.push({ beforeMessageId: id, count });
  }
  return new Sealed({
    viewId: view.viewId,
    caseId: view.caseId,
    expiresAt: view.expiresAt,
    messages,
    gaps,
    participants: view.participants.map(({ keyId, identity, ordinal, ...person }) => ({
      ...person,
      pseudonym: `Account ${ordinal}`,
      ...identitySchema.parse(JSON.parse(open(keyId, { of: "identity", id: person.id }, identity))),
    })),
    reporterWords: view.words.map(({ flagId, keyId, words }) => ({
      flagId,
      words: open(keyId, { of: "words", id: flagId }, words),
    })),
  });
}
