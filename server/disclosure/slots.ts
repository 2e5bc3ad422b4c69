/**
 * The place of a ciphertext as associated data: thread, what it is, and the key that sealed it (a new one with every
 * delivery, hence the version). Moved to another thread, message or version, a ciphertext does not open.
 */
export type Slot =
  | { of: "message"; id: string }
  | { of: "identity"; id: string }
  | { of: "words"; id: string }
  | { of: "location"; id: string; ordinal: number }
  | { of: "cybertip"; id: string; revision: number }
  /** What the CyberTipline service answered to a step of a filing. */
  | { of: "answer"; id: string }
  /** What a redaction rule of a lawful request looks for. */
  | { of: "legal-rule"; id: string }
  /** Bytes of a packet: which piece of which of its files. */
  | { of: "piece"; id: string; part: number; n: number }
  /** Bytes of a document that came with a lawful request. */
  | { of: "document"; id: string; n: number };

/** @returns associated data of one ciphertext */
export function slotBytes(threadId: string, keyId: string, slot: Slot): Buffer {
  const ordinal =
    slot.of === "location"
      ? `\0${slot.ordinal}`
      : slot.of === "cybertip"
        ? `\0${slot.revision}`
        : slot.of === "piece"
          ? `\0${slot.part}\0${slot.n}`
          : slot.of === "document"
            ? `\0${slot.n}`
            : "";
  return Buffer.from(`unseal/content/v1\0${threadId}\0${slot.of}\0${slot.id}${ordinal}\0${keyId}`);
}

/** @returns associated data of a wrapped data key */
export function keyBytes(threadId: string, keyId: string): Buffer {
  return Buffer.from(`unseal/data-key/v1\0${threadId}\0${keyId}`);
}

/**
 * Text as bytes, faithfully: UTF-8, or UTF-16 where a lone surrogate makes UTF-8 impossible. One byte in front says which.
 */
export function textBytes(text: string): Buffer {
  const wide = !text.isWellFormed();
  const bytes = Buffer.allocUnsafe(1 + (wide ? text.length * 2 : Buffer.byteLength(text)));
  bytes[0] = wide ? 16 : 8;
  bytes.write(text, 1, wide ? "utf16le" : "utf8");
  return bytes;
}

/** The inverse of `textBytes`. */
export function bytesText(bytes: Buffer): string {
  return bytes.subarray(1).toString(bytes[0] === 16 ? "utf16le" : "utf8");
}
