import { sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** Bytes that are hashed before the page may draw again. */
const BREATH = 8 * 1024 * 1024;

/**
 * SHA-512 of a stream (FIPS 180-4), piece by piece, so that a file of any size is hashed on the machine it lies on.
 *
 * @param kept takes each piece too, where the bytes are to be kept
 * @param told how many bytes are through
 * @returns 128 hexadecimal digits
 * @throws the signal's reason when it was called off
 */
export async function sha512Of(
  stream: ReadableStream<Uint8Array>,
  {
    kept,
    told,
    signal,
  }: { kept?: (piece: Uint8Array) => void; told: (bytes: number) => void; signal: AbortSignal },
): Promise<string> {
  const hash = sha512.create();
  const reader = stream.getReader();
  let [bytes, sinceBreath] = [0, 0];
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      signal.throwIfAborted();
      hash.update(piece.value);
      kept?.(piece.value);
      bytes += piece.value.byteLength;
      sinceBreath += piece.value.byteLength;
      if (sinceBreath < BREATH) continue;
      sinceBreath = 0;
      told(bytes);
      await new Promise((go) => setTimeout(go));
    }
  } finally {
    // What is left of it is not wanted; where it came to its end this does nothing.
    await reader.cancel().catch(() => {});
  }
  told(bytes);
  return bytesToHex(hash.digest());
}
