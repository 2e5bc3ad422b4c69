import { createKeyRing } from "./keys/keyRing.ts";

/**
 * Makes the key ring of a new installation, mode 0600. Its content never passes through the caller.
 *
 * @throws KeyProviderError when a file stands there: a key ring is never overwritten
 */
export async function newKeyRing(path: string): Promise<void> {
  await createKeyRing(path);
}
