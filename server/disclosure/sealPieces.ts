import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { Refusal } from "../refusal.ts";
import { openBox, sealBox } from "./box.ts";
import { KeyProviderError } from "./keys/KeyProvider.ts";
import { keyProvider } from "./keys/provider.ts";
import { keyBytes, slotBytes } from "./slots.ts";

/** Seals what one worker writes of one packet. It can seal and nothing else. */
export interface PieceSealer {
  readonly keyId: string;
  readonly kekId: string;
  readonly wrapped: Buffer;
  seal(part: number, n: number, bytes: Buffer): Buffer;
}

/**
 * Makes a data key for a packet, which takes the thread's place in `sealed.thread_keys`.
 *
 * @throws KeyProviderError when the provider cannot wrap; nothing may then be stored
 */
export async function newPieceSealer(productionId: string): Promise<PieceSealer> {
  const keyId = randomUUID();
  const dataKey = randomBytes(32);
  const { kekId, wrapped } = await keyProvider().wrap(dataKey, keyBytes(productionId, keyId));
  const key = createSecretKey(dataKey);
  dataKey.fill(0);
  return {
    keyId,
    kekId,
    wrapped,
    seal: (part, n, bytes) =>
      sealBox(key, bytes, slotBytes(productionId, keyId, { of: "piece", id: productionId, part, n })),
  };
}

/** A wrapped key, as the database hands it out. */
interface WrappedKey {
  readonly id: string;
  readonly kekId: string;
  readonly wrapped: Buffer;
}

/** Opens pieces of one packet, each in its own place. Keys are unwrapped once. */
export class PieceOpener {
  readonly #productionId: string;
  readonly #keys = new Map<string, ReturnType<typeof createSecretKey>>();

  constructor(productionId: string) {
    this.#productionId = productionId;
  }

  /** @throws Refusal `sealed-damaged` when a key does not belong where it was found */
  async take(keys: readonly WrappedKey[]): Promise<void> {
    for (const { id, kekId, wrapped } of keys) {
      if (this.#keys.has(id)) continue;
      const dataKey = await keyProvider()
        .unwrap(kekId, wrapped, keyBytes(this.#productionId, id))
        .catch((error: unknown) => {
          throw error instanceof KeyProviderError ? new Refusal("sealed-damaged") : error;
        });
      this.#keys.set(id, createSecretKey(dataKey));
      dataKey.fill(0);
    }
  }

  /** @throws Refusal `sealed-damaged` when a piece was moved or changed */
  open(keyId: string, part: number, n: number, box: Buffer): Buffer {
    const key = this.#keys.get(keyId);
    const slot = { of: "piece", id: this.#productionId, part, n } as const;
    const plain = key && openBox(key, box, slotBytes(this.#productionId, keyId, slot));
    if (!plain) throw new Refusal("sealed-damaged");
    return plain;
  }
}
