import { createHmac } from "node:crypto";
import { stat } from "node:fs/promises";
import { openBox, sealBox } from "../box.ts";
import { type KeyProvider, KeyProviderError } from "./KeyProvider.ts";
import { type KeyRingFile, readKeyRing } from "./keyRing.ts";

/**
 * The default provider: key-encryption keys in a file of mode 0600 outside the database, so that a stolen database alone
 * opens nothing. The file is read again when it changes: a rotation needs no restart.
 *
 * @param path of the key ring
 */
export function localKeyFile(path: string): KeyProvider {
  let held: { file: KeyRingFile; stamp: string; checkedAt: number } | undefined;

  async function ring(kekId?: string): Promise<KeyRingFile> {
    const now = Date.now();
    const knows = !kekId || (held !== undefined && kekId in held.file.keys);
    if (held && knows && now - held.checkedAt < 1000) return held.file;
    const info = await stat(path).catch(() => {
      throw new KeyProviderError("The key file cannot be read. Check UNSEAL_KEY_FILE and the file's owner.");
    });
    const stamp = `${info.ino}:${info.mtimeMs}:${info.size}:${info.mode}`;
    if (!held || held.stamp !== stamp) held = { file: await readKeyRing(path), stamp, checkedAt: now };
    held.checkedAt = now;
    return held.file;
  }

  return {
    async currentKekId() {
      return (await ring()).current;
    },
    async wrap(dataKey, associated) {
      const file = await ring();
      return {
        kekId: file.current,
        wrapped: sealBox(keyOf(file, file.current), dataKey, bound(file.current, associated)),
      };
    },
    async unwrap(kekId, wrapped, associated) {
      const file = await ring(kekId);
      const opened = openBox(keyOf(file, kekId), wrapped, bound(kekId, associated));
      if (!opened)
        throw new KeyProviderError("A data key does not belong where it was found, or was changed.");
      return opened;
    },
    async mac(data) {
      const file = await ring();
      return createHmac("sha256", Buffer.from(file.macKey, "base64")).update(data).digest();
    },
  };
}

function keyOf(file: KeyRingFile, id: string): Buffer {
  const entry = file.keys[id];
  if (!entry)
    throw new KeyProviderError("The key file does not hold the key that this data key was wrapped with.");
  return Buffer.from(entry.key, "base64");
}

function bound(kekId: string, associated: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`unseal/kek/v1\0${kekId}\0`), associated]);
}
