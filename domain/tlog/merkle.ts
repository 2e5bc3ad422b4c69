import { hash } from "node:crypto";

/**
 * The Merkle tree of RFC 6962 §2.1 (= RFC 9162 §2.1 with SHA-256). No leaf is doubled and none is sorted: MTH splits at the
 * largest power of two that is smaller than the size.
 */

const sha256 = (bytes: Uint8Array): Buffer => hash("sha256", bytes, "buffer");
const HASH_BYTES = 32;

/** The root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Buffer = sha256(new Uint8Array(0));

/** SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Buffer {
  const prefixed = Buffer.allocUnsafe(entry.length + 1);
  prefixed[0] = 0;
  prefixed.set(entry, 1);
  return sha256(prefixed);
}

/** One buffer for the input of every node: the hash is taken before anything else runs. */
const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_BYTES);
  return sha256(pair);
}

/** The hash over the 2^height leaves from leaf index·2^height on. Answers only for subtrees that are complete. */
export type Subtree = (height: number, index: number) => Uint8Array;

/** The exponent of a power of two; undefined for other counts. Not by bits: they end at 2^31. */
function exponent(count: number): number | undefined {
  const nearest = Math.round(Math.log2(count));
  return 2 ** nearest === count ? nearest : undefined;
}

/** The largest power of two smaller than a count of at least 2. */
function split(count: number): number {
  let k = 2 ** Math.floor(Math.log2(count));
  while (k >= count) k /= 2;
  while (k * 2 < count) k *= 2;
  return k;
}

/**
 * MTH(D[from:to]) out of complete subtrees.
 *
 * @param from a multiple of the largest power of two below `to - from`, as every range of RFC 6962 is
 */
export function rangeHash(from: number, to: number, subtree: Subtree): Uint8Array {
  const count = to - from;
  if (count === 0) return EMPTY_ROOT;
  const height = exponent(count);
  if (height !== undefined) return subtree(height, from / count);
  const k = split(count);
  return nodeHash(rangeHash(from, from + k, subtree), rangeHash(from + k, to, subtree));
}

/** A subtree reader over leaf hashes that are all at hand: for small trees and for tests. */
export function subtreeOf(leaves: readonly Uint8Array[]): Subtree {
  return function at(height: number, index: number): Uint8Array {
    if (height > 0) return nodeHash(at(height - 1, index * 2), at(height - 1, index * 2 + 1));
    const leaf = leaves[index];
    if (!leaf) throw new RangeError("The subtree reaches past the leaves.");
    return leaf;
  };
}

/** The root over leaf hashes. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  return rangeHash(0, leaves.length, subtreeOf(leaves));
}

function wholeNumbers(...numbers: number[]): boolean {
  return numbers.every((n) => Number.isSafeInteger(n) && n >= 0);
}

/**
 * PATH(index, D[size]) of RFC 6962 §2.1.1: from the leaf's sibling up.
 *
 * @throws RangeError when the tree has no such leaf
 */
export function inclusionProof(index: number, size: number, subtree: Subtree): Uint8Array[] {
  if (!wholeNumbers(index, size) || index >= size) throw new RangeError("The tree has no such leaf.");
  const proof: Uint8Array[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + split(to - from);
    if (index < middle) {
      proof.push(rangeHash(middle, to, subtree));
      to = middle;
    } else {
      proof.push(rangeHash(from, middle, subtree));
      from = middle;
    }
  }
  return proof.reverse();
}

/**
 * PROOF(old, D[size]) of RFC 6962 §2.1.2: that the tree of `old` leaves is a beginning of the tree of `size`.
 *
 * @throws RangeError for old = 0, of which nothing can be proved, and old > size
 */
export function consistencyProof(old: number, size: number, subtree: Subtree): Uint8Array[] {
  if (!wholeNumbers(old, size) || old === 0 || old > size)
    throw new RangeError("The old tree must have at least one leaf and no more than the new one.");
  const proof: Uint8Array[] = [];
  let from = 0;
  let to = size;
  // Whether the old tree's right end is reached by a subtree that the old root does not give away by itself.
  let whole = true;
  while (to !== old) {
    const middle = from + split(to - from);
    if (old <= middle) {
      proof.push(rangeHash(middle, to, subtree));
      to = middle;
    } else {
      proof.push(rangeHash(from, middle, subtree));
      from = middle;
      whole = false;
    }
  }
  if (!whole) proof.push(rangeHash(from, to, subtree));
  return proof.reverse();
}

const isHash = (bytes: Uint8Array): boolean => bytes.length === HASH_BYTES;
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

/** RFC 9162 §2.1.3.2: whether the proof carries the leaf to the root. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!wholeNumbers(index, size) || index >= size) return false;
  if (![leaf, root, ...proof].every(isHash)) return false;
  let fn = index;
  let sn = size - 1;
  let reached = leaf;
  for (const step of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      reached = nodeHash(step, reached);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      reached = nodeHash(reached, step);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && same(reached, root);
}

/** RFC 9162 §2.1.4.2: whether the tree of the old root is a beginning of the tree of the new one. */
export function verifyConsistency(
  old: number,
  size: number,
  oldRoot: Uint8Array,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!wholeNumbers(old, size) || old === 0 || old > size) return false;
  // Nothing is hashed here, so that the roots may be anything that is equal.
  if (old === size) return proof.length === 0 && same(oldRoot, root);
  if (![oldRoot, root, ...proof].every(isHash)) return false;
  const steps = exponent(old) === undefined ? [...proof] : [oldRoot, ...proof];
  let fn = old - 1;
  let sn = size - 1;
  while (isOdd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  const first = steps.shift();
  if (!first) return false;
  let fr = first;
  let sr = first;
  for (const step of steps) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(step, fr);
      sr = nodeHash(step, sr);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      sr = nodeHash(sr, step);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && same(fr, oldRoot) && same(sr, root);
}
