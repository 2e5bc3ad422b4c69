import { randomBytes, randomUUID } from "node:crypto";
import { chmod, link, open, readFile, rename, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { KeyProviderError } from "./KeyProvider.ts";

/** The key file of the local provider: key-encryption keys by id, the current one, and the key of the digests. */
const key = z.base64().refine((v) => Buffer.from(v, "base64").length === 32, "must be 32 bytes in base64");
const fileSchema = z
  .strictObject({
    version: z.literal(1),
    current: z.string(),
    keys: z.record(z.string().regex(/^kek-[0-9a-f-]{36}$/), z.strictObject({ createdAt: z.string(), key })),
    macKey: key,
  })
  .refine((f) => f.current in f.keys, "names a current key that it does not hold");

export type KeyRingFile = z.infer<typeof fileSchema>;

/**
 * Reads and checks the key file.
 *
 * @throws KeyProviderError when it is missing, readable by others, or not a key ring
 */
export async function readKeyRing(path: string): Promise<KeyRingFile> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new KeyProviderError("The key file cannot be read. Check UNSEAL_KEY_FILE and the file's owner.");
  });
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) {
    throw new KeyProviderError("The key file can be read by others. Run `chmod 600` on it.");
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  const checked = fileSchema.safeParse(parsed);
  if (!checked.success)
    throw new KeyProviderError("The key file is not a key ring: restore it from its backup.");
  return checked.data;
}

/**
 * Writes a new key ring with one key-encryption key. Two that are started at once: one wins, the other is told.
 *
 * @throws KeyProviderError when a file stands there already: a key ring is never overwritten
 */
export async function createKeyRing(path: string): Promise<void> {
  const id = `kek-${randomUUID()}`;
  const file: KeyRingFile = {
    version: 1,
    current: id,
    keys: { [id]: { createdAt: new Date().toISOString(), key: randomBytes(32).toString("base64") } },
    macKey: randomBytes(32).toString("base64"),
  };
  const temporary = await writeBeside(path, file);
  try {
    await link(temporary, path);
  } catch {
    throw new KeyProviderError(
      "A key file stands there already. Move it away if it is truly not needed any more.",
    );
  } finally {
    await unlink(temporary);
  }
}

/**
 * Adds a key-encryption key and makes it the current one. The old ones stay, since data keys are still wrapped by them.
 *
 * @returns the new key's id
 */
export async function addKey(path: string): Promise<string> {
  const file = await readKeyRing(path);
  const id = `kek-${randomUUID()}`;
  file.keys[id] = { createdAt: new Date().toISOString(), key: randomBytes(32).toString("base64") };
  file.current = id;
  await rename(await writeBeside(path, file), path);
  return id;
}

/** Removes a key-encryption key that no data key is wrapped by any more. The current one is refused. */
export async function dropKey(path: string, id: string): Promise<void> {
  const file = await readKeyRing(path);
  if (file.current === id) throw new KeyProviderError("The current key cannot be dropped. Rotate first.");
  delete file.keys[id];
  await rename(await writeBeside(path, file), path);
}

// A crash leaves either the old file or the new one, whole: written beside, flushed, then moved into place.
async function writeBeside(path: string, file: KeyRingFile): Promise<string> {
  const temporary = join(dirname(path), `.key-ring-${randomUUID()}`);
  const handle = await open(temporary, "wx", 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(temporary, 0o600);
  return temporary;
}
