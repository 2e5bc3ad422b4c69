import { timingSafeEqual } from "node:crypto";
import { KeyProviderError } from "./keys/KeyProvider.ts";
import { keyProvider } from "./keys/provider.ts";
import { keyBytes } from "./slots.ts";

/** A data key as it lies in the database. */
export interface WrappedKey {
  readonly threadId: string;
  readonly keyId: string;
  readonly kekId: string;
  readonly wrapped: Buffer;
}

/**
 * Wraps a data key anew by the current key-encryption key, and makes sure that what comes out opens to the same key.
 *
 * @returns null when the old wrapping does not open: it was moved or changed, or its key-encryption key is not here. It
 *   must then be left as it lies
 * @throws KeyProviderError when the provider cannot wrap, or wraps something that does not open
 */
export async function rewrapKey(key: WrappedKey): Promise<{ kekId: string; wrapped: Buffer } | null> {
  const provider = keyProvider();
  const associated = keyBytes(key.threadId, key.keyId);
  const dataKey = await provider.unwrap(key.kekId, key.wrapped, associated).catch((error: unknown) => {
    if (error instanceof KeyProviderError) return null;
    throw error;
  });
  if (!dataKey) return null;
  try {
    const fresh = await provider.wrap(dataKey, associated);
    const again = await provider.unwrap(fresh.kekId, fresh.wrapped, associated);
    try {
      if (!timingSafeEqual(again, dataKey)) {
        throw new KeyProviderError(
          "The key provider wrapped a data key that does not open to itself. Nothing was changed.",
        );
      }
    } finally {
      again.fill(0);
    }
    return fresh;
  } finally {
    dataKey.fill(0);
  }
}
