import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";

/** Signed notes (c2sp.org/signed-note) with Ed25519 keys. */

/** What a key is for: it goes into the key id, so that a signature of one kind is never taken for another. */
export const KEY_KINDS = { ed25519: 0x01, cosignature: 0x04 } as const;
export type KeyKind = keyof typeof KEY_KINDS;

/** A public key by its vkey line. */
export type Verifier = {
  readonly vkey: string;
  readonly name: string;
  /** Four bytes as eight hexadecimal digits. */
  readonly keyId: string;
  readonly kind: KeyKind;
  readonly key: KeyObject;
};

export type Signer = { readonly name: string; readonly keyId: string; readonly key: KeyObject };

/** A signature line as it stands; whose it is follows from name and key id alone. */
export type NoteSignature = {
  readonly line: string;
  readonly name: string;
  readonly keyId: string;
  readonly signature: Buffer;
};

export type Note = {
  /** The signed text, with its final newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
};

const MAX_SIGNATURES = 100;
const DASH = "\u2014";
const PUBLIC_BYTES = 32;
/** SubjectPublicKeyInfo and PKCS #8 of Ed25519 (RFC 8410) up to the key's bytes. */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** Key names: no white space, no plus sign, not empty. */
export function isKeyName(name: string): boolean {
  return /^[^\s+\p{Cc}\p{Zs}]+$/u.test(name) && name.isWellFormed();
}

/** SHA-256(name ‖ 0x0A ‖ kind ‖ public key), first four bytes. */
export function keyIdOf(name: string, kind: KeyKind, publicKey: Uint8Array): string {
  const bytes = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(KEY_KINDS[kind]), publicKey]);
  return hash("sha256", bytes, "hex").slice(0, 8);
}

/** `name+key id+base64(kind ‖ public key)`. */
export function formatVkey(name: string, kind: KeyKind, publicKey: Uint8Array): string {
  const body = Buffer.concat([Buffer.of(KEY_KINDS[kind]), publicKey]).toString("base64");
  return `${name}+${keyIdOf(name, kind, publicKey)}+${body}`;
}

/**
 * Reads a vkey.
 *
 * @returns undefined when it is malformed, of a kind that is not Ed25519, or its key id is not that of its key
 */
export function parseVkey(vkey: string): Verifier | undefined {
  const found = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(vkey);
  if (!found) return undefined;
  const [, name = "", keyId = "", body = ""] = found;
  const bytes = strictBase64(body);
  const kind = (["ed25519", "cosignature"] as const).find((k) => KEY_KINDS[k] === bytes?.[0]);
  if (!bytes || !kind || bytes.length !== 1 + PUBLIC_BYTES || !isKeyName(name)) return undefined;
  const publicKey = bytes.subarray(1);
  if (keyIdOf(name, kind, publicKey) !== keyId) return undefined;
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" });
  return { vkey, name, keyId, kind, key };
}

/** Base64 that decodes and encodes back to itself. */
export function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

/** A new Ed25519 key: its 32-byte seed, and the public key to it. */
export function newSeed(): Buffer {
  const { privateKey } = generateKeyPairSync("ed25519");
  return privateKey.export({ format: "der", type: "pkcs8" }).subarray(PKCS8.length);
}

/** The signing key of a seed (RFC 8032 §5.1.5). */
export function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
}

/** The public key of a seed, 32 bytes. */
export function publicKeyOf(seed: Uint8Array): Buffer {
  const spki = createPublicKey(privateKeyOf(seed)).export({ format: "der", type: "spki" });
  return spki.subarray(SPKI.length);
}

/** One line of a signature: dash, name, base64(key id ‖ signature). */
export function signatureLine(name: string, keyId: string, signature: Uint8Array): string {
  const body = Buffer.concat([Buffer.from(keyId, "hex"), signature]).toString("base64");
  return `${DASH} ${name} ${body}`;
}

/**
 * Signs a text.
 *
 * @param text ends with a newline
 */
export function signNote(text: string, signers: readonly Signer[]): string {
  if (!text.endsWith("\n")) throw new TypeError("The text of a note ends with a newline.");
  const lines = signers.map(({ name, keyId, key }) =>
    signatureLine(name, keyId, sign(null, Buffer.from(text), key)),
  );
  return `${text}\n${lines.join("\n")}\n`;
}

/**
 * Takes a signed note apart. Says nothing about whether its signatures hold.
 *
 * @returns undefined when it is no signed note
 */
export function parseNote(note: string): Note | undefined {
  if (!note.isWellFormed() || /[^\P{Cc}\n]/u.test(note)) return undefined;
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) return undefined;
  const lines = note.slice(end + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (!signature) return undefined;
    signatures.push(signature);
  }
  return { text: note.slice(0, end + 1), signatures };
}

/** @returns undefined when the line is no signature line */
export function parseSignatureLine(line: string): NoteSignature | undefined {
  const found = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
  const [, name = "", body = ""] = found ?? [];
  const bytes = strictBase64(body);
  if (!bytes || bytes.length < 5 || !isKeyName(name)) return undefined;
  return { line, name, keyId: bytes.subarray(0, 4).toString("hex"), signature: bytes.subarray(4) };
}

/** Why a note is not to be believed. */
export type NoteProblem = "not-a-note" | "bad-signature" | "no-known-signature";

/**
 * Verifies a note: signatures of keys that are not known are passed over, a bad one of a key that is known spoils the note.
 *
 * @param verifiers Ed25519 keys (kind 0x01); others are passed over
 * @returns the text and the vkeys whose signatures hold, at least one; or why not
 */
export function openNote(
  note: string,
  verifiers: readonly Verifier[],
): { text: string; by: readonly Verifier[]; note: Note } | { problem: NoteProblem } {
  const parsed = parseNote(note);
  if (!parsed) return { problem: "not-a-note" };
  const by: Verifier[] = [];
  for (const { name, keyId, signature } of parsed.signatures) {
    const known = verifiers.find((v) => v.kind === "ed25519" && v.name === name && v.keyId === keyId);
    if (!known || by.includes(known)) continue;
    if (signature.length !== 64 || !verify(null, Buffer.from(parsed.text), known.key, signature))
      return { problem: "bad-signature" };
    by.push(known);
  }
  if (by.length === 0) return { problem: "no-known-signature" };
  return { text: parsed.text, by, note: parsed };
}
