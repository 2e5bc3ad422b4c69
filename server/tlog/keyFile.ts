import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import {
  formatVkey,
  isKeyName,
  keyIdOf,
  newSeed,
  privateKeyOf,
  publicKeyOf,
  type Signer,
  strictBase64,
} from "../../domain/tlog/note.ts";
import { writePrivately } from "../../environment/writePrivately.ts";
import { LogStopped } from "./LogStopped.ts";

/** The signing keys of the log, in a file of mode 0600 that the database never sees. Every key in it signs. */
const format = z.strictObject({
  version: z.literal(1),
  origin: z.string().refine(isKeyName),
  keys: z
    .array(
      z.strictObject({
        createdAt: z.string(),
        seed: z.string().refine((text) => strictBase64(text)?.length === 32),
      }),
    )
    .min(1)
    .max(8),
});
type KeyFile = z.infer<typeof format>;

/** A key that signs, with its public half. */
export type LogKey = { readonly vkey: string; readonly signer: Signer; readonly createdAt: string };
export type LogKeys = { readonly origin: string; readonly keys: readonly LogKey[] };

/**
 * Reads the keys.
 *
 * @throws LogStopped `key-unreadable`
 */
export async function readLogKeys(path: string): Promise<LogKeys> {
  const file = await readKeyFile(path);
  return { origin: file.origin, keys: file.keys.map((key) => ready(file.origin, key)) };
}

/** Changes when the file does. Undefined when it cannot be looked at. */
export async function stampOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && `${found.ino}:${found.mtimeMs}:${found.size}`;
}

/** A key that is in no file yet. */
export function newLogKey(origin: string): { key: LogKey; entry: KeyFile["keys"][number] } {
  const entry = { createdAt: new Date().toISOString(), seed: newSeed().toString("base64") };
  return { key: ready(origin, entry), entry };
}

/** Writes a file with these keys, whole or not at all. */
export async function writeLogKeys(
  path: string,
  origin: string,
  keys: readonly KeyFile["keys"][number][],
): Promise<void> {
  await writePrivately(path, `${JSON.stringify({ version: 1, origin, keys }, null, 2)}\n`);
}

/** The file as it stands, to be written again with a key more or less. */
export async function readKeyFile(path: string): Promise<KeyFile> {
  try {
    return format.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    throw new LogStopped("key-unreadable");
  }
}

function ready(origin: string, { seed, createdAt }: KeyFile["keys"][number]): LogKey {
  const bytes = Buffer.from(seed, "base64");
  const publicKey = publicKeyOf(bytes);
  return {
    vkey: formatVkey(origin, "ed25519", publicKey),
    signer: { name: origin, keyId: keyIdOf(origin, "ed25519", publicKey), key: privateKeyOf(bytes) },
    createdAt,
  };
}
