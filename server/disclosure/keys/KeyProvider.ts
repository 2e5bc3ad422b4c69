/**
 * What wraps the data keys: a local key file, and one day a cloud key service or Vault, behind the same four verbs.
 * Every call is asynchronous since a service answers over the network. Failing is an exception, never a fallback.
 */
export interface KeyProvider {
  /** The key-encryption key that new data keys are wrapped with. */
  currentKekId(): Promise<string>;

  /**
   * Wraps a 32-byte data key with the current key-encryption key.
   *
   * @param associated bytes that `unwrap` must be given again: they tie the wrapped key to one thread and one key id
   */
  wrap(dataKey: Buffer, associated: Buffer): Promise<{ kekId: string; wrapped: Buffer }>;

  /**
   * Unwraps a data key.
   *
   * @throws KeyProviderError when the key-encryption key is unknown, or when the bytes or their associated data do not
   *   match what was wrapped
   */
  unwrap(kekId: string, wrapped: Buffer, associated: Buffer): Promise<Buffer>;

  /** A keyed digest (HMAC-SHA-256, 32 bytes) under a key of the installation that is never used for anything else. */
  mac(data: Buffer): Promise<Buffer>;
}

/** Names what failed and what to do; never carries key material. */
export class KeyProviderError extends Error {
  override readonly name = "KeyProviderError";
}
