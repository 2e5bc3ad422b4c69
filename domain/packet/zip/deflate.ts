import { constants, deflateRawSync } from "node:zlib";

/**
 * Input is deflated in blocks of this many bytes, each by itself, so that what was written stays written when a build is
 * taken up again, and so that the output depends on nothing but the input. It costs a few hundredths of the ratio, as in pigz.
 */
export const BLOCK_BYTES = 1024 * 1024;

/** Options for `zlib.deflateRaw` too, which does the same off the main thread. */
export function deflateOptions(last: boolean): { level: number; finishFlush: number } {
  return { level: 6, finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH };
}

/**
 * Deflates one block (RFC 1951). Blocks one after the other, the last of them marked as such, are one stream.
 *
 * @param block `BLOCK_BYTES` long but for the last, which may be shorter and may be empty
 */
export function deflateBlock(block: Uint8Array, last: boolean): Buffer {
  return deflateRawSync(block, deflateOptions(last));
}

/** Gathers pieces into blocks of one size: give everything in, take full blocks out, and the rest at the end. */
export class Blocks {
  readonly #size: number;
  #held: Buffer;
  #filled = 0;

  constructor(size = BLOCK_BYTES) {
    this.#size = size;
    this.#held = Buffer.allocUnsafe(size);
  }

  /** Takes text (as UTF-8) or bytes in; gives the blocks that are full. A block is good until the next call. */
  *add(piece: string | Uint8Array): Generator<Uint8Array, void, void> {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    let from = 0;
    while (from < bytes.length) {
      // A full block is kept until more comes: it may be the last one, and only the end tells.
      if (this.#filled === this.#size) {
        this.#filled = 0;
        yield this.#held;
      }
      const end = Math.min(bytes.length, from + this.#size - this.#filled);
      this.#held.set(bytes.subarray(from, end), this.#filled);
      this.#filled += end - from;
      from = end;
    }
  }

  /** What is left, perhaps nothing: the last block. */
  end(): Uint8Array {
    return this.#held.subarray(0, this.#filled);
  }
}
