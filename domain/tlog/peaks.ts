import { EMPTY_ROOT, nodeHash } from "./merkle.ts";

/**
 * A tree that grows leaf by leaf and keeps nothing but its complete subtrees: about one hash a leaf, and the root of any
 * size on the way for a few more. For walking a log from its first leaf to its last.
 */
export class Peaks {
  #size = 0;
  /** Complete subtrees, widest first: their widths are the bits of the size. */
  readonly #peaks: Uint8Array[] = [];

  get size(): number {
    return this.#size;
  }

  /** Adds a leaf hash on the right. */
  push(leaf: Uint8Array): void {
    let rising = leaf;
    // Not by bits: they end at 2^31.
    for (let below = this.#size; below % 2 === 1; below = (below - 1) / 2)
      rising = nodeHash(this.#peaks.pop() as Uint8Array, rising);
    this.#peaks.push(rising);
    this.#size++;
  }

  /** MTH of all leaves so far (RFC 6962 §2.1). */
  root(): Uint8Array {
    const last = this.#peaks.at(-1) ?? EMPTY_ROOT;
    return this.#peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
  }
}
