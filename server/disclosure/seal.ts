import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { sealBox } from "./box.ts";
import { keyProvider } from "./keys/provider.ts";
import { keyBytes, type Slot, slotBytes, textBytes } from "./slots.ts";

/** Seals what one delivery brings to one thread. It can seal and nothing else: the data key never leaves it. */
export interface Sealer {
  readonly keyId: string;
  readonly kekId: string;
  readonly wrapped: Buffer;
  message(messageId: string, text: string): Buffer;
  identity(participantId: string, identity: { handle: string | null; displayName: string | null }): Buffer;
  words(flagId: string, text: string): Buffer;
  location(messageId: string, ordinal: number, url: string): Buffer;
  answer(stepId: string, text: string): Buffer;
  draft(reportId: string, revision: number, text: string): Buffer;
  rule(decisionId: string, words: string): Buffer;
}

/**
 * Makes a new data key for a thread and wraps it.
 *
 * @param threadId of the thread whose content will be sealed
 * @throws KeyProviderError when the provider cannot wrap; nothing may then be stored
 */
export async function newSealer(threadId: string): Promise<Sealer> {
  const keyId = randomUUID();
  const dataKey = randomBytes(32);
  const { kekId, wrapped } = await keyProvider().wrap(dataKey, keyBytes(threadId, keyId));
  const key = createSecretKey(dataKey);
  const seal = (slot: Slot, text: string) => sealBox(key, textBytes(text), slotBytes(threadId, keyId, slot));
  return {
    keyId,
    kekId,
    wrapped,
    message: (id, text) => seal({ of: "message", id }, text),
    identity: (id, identity) => seal({ of: "identity", id }, JSON.stringify(identity)),
    words: (id, text) => seal({ of: "words", id }, text),
    location: (id, ordinal, url) => seal({ of: "location", id, ordinal }, url),
    answer: (id, text) => seal({ of: "answer", id }, text),
    draft: (id, revision, text) => seal({ of: "cybertip", id, revision }, text),
    rule: (id, words) => seal({ of: "legal-rule", id }, words),
  };
}

/**
 * A digest that tells whether two contents are the same without telling what they are: keyed, so that a stolen database
 * cannot be searched with a dictionary.
 *
 * @param label what is compared, so that digests of different things never meet
 * @returns 32 bytes
 */
export function contentMac(label: string, ...parts: string[]): Promise<Buffer> {
  const framed: Buffer[] = [];
  for (const part of [label, ...parts]) {
    const bytes = textBytes(part);
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(bytes.length);
    framed.push(length, bytes);
  }
  return keyProvider().mac(Buffer.concat(framed));
}
