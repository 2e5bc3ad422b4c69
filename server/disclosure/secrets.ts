import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { openBox, sealBox } from "./box.ts";
import { KeyProviderError } from "./keys/KeyProvider.ts";
import { keyProvider } from "./keys/provider.ts";
import { bytesText, keyBytes, textBytes } from "./slots.ts";

/** A password or token at rest: the box, and the data key that opens it, wrapped. */
export interface SealedSecret {
  readonly keyId: string;
  readonly kekId: string;
  readonly wrapped: Buffer;
  readonly box: Buffer;
}

/**
 * Seals a password or token of the installation's own. Its data key belongs into `sealed.thread_keys` under the secret's
 * id, where a thread's would stand, so that a rotation re-wraps it like any other.
 *
 * @param secretId under which it is kept: opened under another it does not open
 * @throws KeyProviderError when the provider cannot wrap; nothing may then be stored
 */
export async function sealSecret(secretId: string, secret: string): Promise<SealedSecret> {
  const keyId = randomUUID();
  const dataKey = randomBytes(32);
  const { kekId, wrapped } = await keyProvider().wrap(dataKey, keyBytes(secretId, keyId));
  const box = sealBox(createSecretKey(dataKey), textBytes(secret), secretBytes(secretId, keyId));
  dataKey.fill(0);
  return { keyId, kekId, wrapped, box };
}

/**
 * Opens what `sealSecret` sealed.
 *
 * @throws KeyProviderError when it does not open: another key file, or somebody changed it
 */
export async function openSecret(secretId: string, sealed: SealedSecret): Promise<string> {
  const dataKey = await keyProvider().unwrap(sealed.kekId, sealed.wrapped, keyBytes(secretId, sealed.keyId));
  const plain = openBox(createSecretKey(dataKey), sealed.box, secretBytes(secretId, sealed.keyId));
  dataKey.fill(0);
  if (!plain) throw new KeyProviderError("A stored password or token does not open. Set it again.");
  return bytesText(plain);
}

function secretBytes(secretId: string, keyId: string): Buffer {
  return Buffer.from(`unseal/secret/v1\0${secretId}\0${keyId}`);
}
