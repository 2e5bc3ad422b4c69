import { sign } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import {
  formatVkey,
  isKeyName,
  keyIdOf,
  newSeed,
  privateKeyOf,
  publicKeyOf,
  type Signer,
  signNote,
  strictBase64,
} from "../../domain/tlog/note.ts";
import { writePrivately } from "../../environment/writePrivately.ts";

/**
 * The key that packets are signed with: a file of mode 0600 beside the log's, which the database never sees. One key a file:
 * a packet carries one signature, and what was signed with an older key stays verifiable with that key's public half.
 */
const format = z.strictObject({
  version: z.literal(1),
  name: z.string().refine(isKeyName),
  createdAt: z.string(),
  seed: z.string().refine((text) => strictBase64(text)?.length === 32),
});

/** Why there is no key to sign with. `message` is for the operator and names no secret. */
export class PacketKeyRefused extends Error {
  override readonly name = "PacketKeyRefused";
}

export interface PacketKey {
  /** The public half, to be published by another way than packets travel. */
  readonly vkey: string;
  readonly createdAt: string;
  /** Ed25519 (RFC 8032) over bytes as they are: 64 bytes. */
  sign(bytes: Uint8Array): Buffer;
  /** A signed note (c2sp.org/signed-note) of a text that ends with a newline. */
  note(text: string): string;
  /** Masks what signs, wherever it is printed. */
  toJSON(): string;
}

/**
 * Reads the key.
 *
 * @throws PacketKeyRefused when the file cannot be read or is none
 */
export async function readPacketKey(path: string): Promise<PacketKey> {
  let file: z.output<typeof format>;
  try {
    file = format.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    throw new PacketKeyRefused(
      `The packet's signing key cannot be read (${path}). Restore the file, or make a key with \`unseal packet key new\`.`,
    );
  }
  return ready(file);
}

/**
 * Makes a key in a file that must not exist.
 *
 * @param name of the key for ever: an address without a scheme, such as unseal.example.org/packets
 * @throws PacketKeyRefused
 */
export async function makePacketKey(path: string, name: string): Promise<PacketKey> {
  if (existsSync(path)) throw new PacketKeyRefused(`${path} exists. Nothing was changed.`);
  if (!isKeyName(name))
    throw new PacketKeyRefused(
      "The name must be without blanks and plus signs, such as unseal.example.org/packets.",
    );
  const seed = newSeed().toString("base64");
  const file = { version: 1 as const, name, createdAt: new Date().toISOString(), seed };
  await writePrivately(path, `${JSON.stringify(file, null, 2)}\n`);
  return ready(file);
}

function ready({ name, seed, createdAt }: z.output<typeof format>): PacketKey {
  const bytes = Buffer.from(seed, "base64");
  const publicKey = publicKeyOf(bytes);
  const signer: Signer = { name, keyId: keyIdOf(name, "ed25519", publicKey), key: privateKeyOf(bytes) };
  const vkey = formatVkey(name, "ed25519", publicKey);
  return {
    vkey,
    createdAt,
    sign: (message) => sign(null, message, signer.key),
    note: (text) => signNote(text, [signer]),
    toJSON: () => `packet key ${vkey}`,
  };
}
