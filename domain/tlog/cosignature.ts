import { sign, verify } from "node:crypto";
import { type NoteSignature, type Signer, signatureLine, type Verifier } from "./note.ts";

/** Cosignatures of witnesses (c2sp.org/tlog-cosignature, kind 0x04): "at this time I had seen no other tree". */

const TIME_BYTES = 8;

function message(time: number, text: string): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
}

/**
 * Cosigns the text of a checkpoint.
 *
 * @param time seconds since 1970
 */
export function cosign(text: string, time: number, { name, keyId, key }: Signer): string {
  const stamp = Buffer.alloc(TIME_BYTES);
  stamp.writeBigUInt64BE(BigInt(time));
  return signatureLine(name, keyId, Buffer.concat([stamp, sign(null, message(time, text), key)]));
}

/**
 * Verifies a cosignature over the text of a checkpoint.
 *
 * @returns when it was made, in seconds since 1970; undefined when it is not this witness's or does not hold
 */
export function verifyCosignature(
  text: string,
  { name, keyId, signature }: NoteSignature,
  witness: Verifier,
): number | undefined {
  if (witness.kind !== "cosignature" || name !== witness.name || keyId !== witness.keyId) return undefined;
  if (signature.length !== TIME_BYTES + 64) return undefined;
  const time = Number(signature.readBigUInt64BE());
  if (!Number.isSafeInteger(time)) return undefined;
  return verify(null, message(time, text), witness.key, signature.subarray(TIME_BYTES)) ? time : undefined;
}
