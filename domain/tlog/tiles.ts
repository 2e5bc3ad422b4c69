import { nodeHash, rangeHash, type Subtree } from "./merkle.ts";

/**
 * The layout of c2sp.org/tlog-tiles: hashes in tiles of 256, entries in bundles of 256. Tile n of level l holds the hashes
 * over 256^l leaves each, from hash n·256 on.
 */

export const TILE_WIDTH = 256;
export const HASH_BYTES = 32;
/** An entry is prefixed with its length in two bytes. */
export const MAX_ENTRY_BYTES = 65_535;
const TILE_HEIGHT = 8;

/** 1234067 → `x001/x234/067`. */
function groups(n: number): string {
  const digits = String(n);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const parts = padded.match(/\d{3}/g) ?? [];
  return parts.map((part, i) => (i < parts.length - 1 ? `x${part}` : part)).join("/");
}

function inLayout(room: string, n: number, width: number): string {
  return `${room}/${groups(n)}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** Where a tile of hashes lies. `width` below 256 names a partial one. */
export const tilePath = (level: number, n: number, width = TILE_WIDTH): string =>
  inLayout(`tile/${level}`, n, width);

/** Where a bundle of entries lies. */
export const entriesPath = (n: number, width = TILE_WIDTH): string => inLayout("tile/entries", n, width);

/** A tile of the tree of some size. */
export type TileId = { readonly level: number; readonly n: number; readonly width: number };

/** The tiles of a tree, level by level: full ones, then the partial one if there is one. */
export function* tilesOf(size: number): Generator<TileId> {
  let hashes = size;
  for (let level = 0; hashes > 0; level++) {
    for (let n = 0; n * TILE_WIDTH < hashes; n++)
      yield { level, n, width: Math.min(TILE_WIDTH, hashes - n * TILE_WIDTH) };
    hashes = Math.floor(hashes / TILE_WIDTH);
  }
}

/** Puts entries together as a bundle. */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES) throw new RangeError("An entry is too long for a bundle.");
      return [Buffer.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );
}

/**
 * Takes a bundle apart. The entries are views into it.
 *
 * @returns undefined when the bytes end within an entry
 */
export function decodeBundle(bundle: Buffer): Buffer[] | undefined {
  const entries: Buffer[] = [];
  let at = 0;
  while (at < bundle.length) {
    if (at + 2 > bundle.length) return undefined;
    const length = bundle.readUInt16BE(at);
    if (at + 2 + length > bundle.length) return undefined;
    entries.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

/** The hash over 256 hashes of one tile: the next level's hash for it. */
export function tileRoot(hashes: Uint8Array): Buffer {
  let level: Uint8Array[] = [];
  for (let i = 0; i < TILE_WIDTH; i++) level.push(hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]];
      if (left && right) above.push(nodeHash(left, right));
    }
    level = above;
  }
  return Buffer.from(level[0] ?? new Uint8Array(0));
}

/** The hash at a place of a level, where a level counts hashes over 256^level leaves. */
export type TileHash = (level: number, index: number) => Uint8Array;

/** Subtrees out of tiles: at most eight floors are worked out, the rest is read. */
export function subtreeFromTiles(hashAt: TileHash): Subtree {
  return (height, index) => {
    const level = Math.floor(height / TILE_HEIGHT);
    const width = 2 ** (height - level * TILE_HEIGHT);
    const from = index * width;
    return rangeHash(from, from + width, function at(h: number, i: number): Uint8Array {
      return h === 0 ? hashAt(level, i) : nodeHash(at(h - 1, i * 2), at(h - 1, i * 2 + 1));
    });
  };
}
