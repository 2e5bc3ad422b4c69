import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { stat } from "node:fs/promises";
import { openBox, sealBox } from "../box.ts";
import { type KeyProvider, KeyProviderError } from "./KeyProvider.ts";
import { type KeyRingFile, readKeyRing } from "./keyRing.ts";

/** The key ring as it was last read. Keys are made ready once: doing it for each use costs more than the use. */
interface Ring {
  readonly current: string;
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly macKey: KeyObject;
  readonly stamp: string;
  checkedAt: number;
}

/**
 * The default provider: key-encryption keys in a file of mode 0600 outside the database, so that a stolen database alone
 * opens nothing. The file is read again when it changes: a rotation needs no restart.
 *
 * @param path of the key ring
 */
export function localKeyFile(path: string): KeyProvider {
  let held: Ring | undefined;

  async function ring(kekId?: string): Promise<Ring> {
    const now = Date.now();
    const knows = !kekId || held?.keys.has(kekId);
    if (held && knows && now - held.checkedAt < 1000) return held;
    const info = await stat(path).catch(() => {
      throw new KeyProviderError("The key file cannot be read. Check UNSEAL_KEY_FILE and the file's owner.");
    });
    const stamp = `${info.ino}:${info.mtimeMs}:${info.size}:${info.mode}`;
    if (held?.stamp !== stamp) held = readyRing(await readKeyRing(path), stamp, now);
    held.checkedAt = now;
    return held;
  }

  return {
    async currentKekId() {
      return (await ring()).current;
    },
    async wrap(dataKey, associated) {
      const known = await ring();
      return {
        kekId: known.current,
        wrapped: sealBox(keyOf(known, known.current), dataKey, bound(known.current, associated)),
      };
    },
    async unwrap(kekId, wrapped, associated) {
      const opened = openBox(keyOf(await ring(kekId), kekId), wrapped, bound(kekId, associated));
      if (!opened)
        throw new KeyProviderError("A data key does not belong where it was found, or was changed.");
      return opened;
    },
    async mac(data) {
      return createHmac("sha256", (await ring()).macKey)
        .update(data)
        .digest();
    },
  };
}

function readyRing(file: KeyRingFile, stamp: string, checkedAt: number): Ring {
  const ready = (base64: string) => createSecretKey(Buffer.from(base64, "base64"));
  const keys = new Map(Object.entries(file.keys).map(([id, entry]) => [id, ready(entry.key)]));
  return { current: file.current, keys, macKey: ready(file.macKey), stamp, checkedAt };
}

function keyOf(ring: Ring, id: string): KeyObject {
  const key = ring.keys.get(id);
  if (!key)
    throw new KeyProviderError("The key file does not hold the key that this data key was wrapped with.");
  return key;
}

function bound(kekId: string, associated: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`unseal/kek/v1\0${kekId}\0`), associated]);
}
