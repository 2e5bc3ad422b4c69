import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from "node:crypto";

const VERSION = 1;
const NONCE = 12;
const TAG = 16;

// Random bytes are drawn in blocks: a call to the system's source for each message costs more than its encryption.
const pool = Buffer.alloc(NONCE * 512);
let used = pool.length;

function nonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + NONCE));
  pool.fill(0, used, used + NONCE);
  used += NONCE;
  return bytes;
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. A data key seals one delivery of one thread, so the number
 * of nonces under a key stays far below the 2^32 that the standard allows.
 *
 * @param key 32 bytes; as a KeyObject where one key seals many boxes, which saves most of the cost of each
 * @param associated bytes that tie the box to its place; `openBox` needs the very same
 * @returns 0x01 ‖ nonce ‖ ciphertext ‖ tag
 */
export function sealBox(key: Buffer | KeyObject, plain: Buffer, associated: Buffer): Buffer {
  const iv = nonce();
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: TAG });
  cipher.setAAD(associated);
  const body = cipher.update(plain);
  const rest = cipher.final();
  return Buffer.concat([Buffer.of(VERSION), iv, body, rest, cipher.getAuthTag()]);
}

/**
 * Opens a box.
 *
 * @returns the plain bytes, or null when anything at all does not match: callers cannot tell why, and need not
 */
export function openBox(key: Buffer | KeyObject, box: Buffer, associated: Buffer): Buffer | null {
  if (box.length < 1 + NONCE + TAG || box[0] !== VERSION) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, box.subarray(1, 1 + NONCE), { authTagLength: TAG });
  decipher.setAAD(associated);
  decipher.setAuthTag(box.subarray(box.length - TAG));
  try {
    return Buffer.concat([decipher.update(box.subarray(1 + NONCE, box.length - TAG)), decipher.final()]);
  } catch {
    return null;
  }
}
