import { createSecretKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { Refusal } from "../refusal.ts";
import { openBox } from "./box.ts";
import { KeyProviderError } from "./keys/KeyProvider.ts";
import { keyProvider } from "./keys/provider.ts";
import { bytesText, keyBytes, type Slot, slotBytes } from "./slots.ts";

/** Bytes as the database hands them out in JSON. */
export const base64 = z.string().transform((text) => Buffer.from(text, "base64"));

/** Wrapped data keys as the database hands them out. */
export const sealedKeys = z.array(z.object({ id: z.string(), kekId: z.string(), wrapped: base64 }));

/** Opens one box of a thread in its own place. @throws Refusal `sealed-damaged` */
export type OpenBox = (keyId: string, slot: Slot, box: Buffer) => string;

/**
 * Unwraps data keys of a thread.
 *
 * @returns what opens the boxes that they sealed, each in its own place and nowhere else
 * @throws Refusal `sealed-damaged` when a key does not belong where it was found, or was changed
 */
export async function openBoxes(threadId: string, keys: z.output<typeof sealedKeys>): Promise<OpenBox> {
  const dataKeys = new Map<string, KeyObject>();
  for (const key of keys) {
    const dataKey = await keyProvider()
      .unwrap(key.kekId, key.wrapped, keyBytes(threadId, key.id))
      .catch((error: unknown) => {
        throw error instanceof KeyProviderError ? new Refusal("sealed-damaged") : error;
      });
    dataKeys.set(key.id, createSecretKey(dataKey));
    dataKey.fill(0);
  }
  return (keyId, slot, box) => {
    const dataKey = dataKeys.get(keyId);
    const plain = dataKey && openBox(dataKey, box, slotBytes(threadId, keyId, slot));
    if (!plain) throw new Refusal("sealed-damaged");
    return bytesText(plain);
  };
}
