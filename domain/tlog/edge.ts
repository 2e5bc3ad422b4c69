import { EMPTY_ROOT, nodeHash } from "./merkle.ts";
import { HASH_BYTES, TILE_WIDTH, tileRoot } from "./tiles.ts";

/** A tile that became full. */
export type FullTile = { readonly level: number; readonly n: number; readonly hashes: Buffer };

/**
 * The right edge of a growing tree: the tiles that are not full yet, one a level. It is all that is needed to add leaves and
 * to know the root; what is full has been handed out and is never touched again.
 */
export type Edge = { readonly size: number; readonly levels: readonly (readonly Uint8Array[])[] };

export const EMPTY_EDGE: Edge = { size: 0, levels: [] };

/** How many hashes the unfilled tile of a level holds. */
export function edgeWidth(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level) % TILE_WIDTH;
}

/**
 * Adds leaves on the right.
 *
 * @returns the new edge, and the tiles that became full on the way, in the order in which they did. The old edge stays
 *   as it was, so that a batch that fails has changed nothing
 */
export function extendEdge(edge: Edge, leaves: readonly Uint8Array[]): { edge: Edge; full: FullTile[] } {
  const levels = edge.levels.map((hashes) => [...hashes]);
  const full: FullTile[] = [];
  let size = edge.size;
  for (const leaf of leaves) {
    let rising: Uint8Array = leaf;
    for (let level = 0; ; level++) {
      const open = levels[level] ?? [];
      levels[level] = open;
      open.push(rising);
      if (open.length < TILE_WIDTH) break;
      const hashes = Buffer.concat(open, TILE_WIDTH * HASH_BYTES);
      full.push({ level, n: Math.floor(size / TILE_WIDTH ** (level + 1)), hashes });
      levels[level] = [];
      rising = tileRoot(hashes);
    }
    size++;
  }
  return { edge: { size, levels }, full };
}

/** The root of the whole tree. */
export function edgeRoot(edge: Edge): Uint8Array {
  let root: Uint8Array | undefined;
  for (const hashes of edge.levels) root = fold(hashes, root);
  return root ?? EMPTY_ROOT;
}

/** Puts the hashes of one unfilled tile to the left of what lies below them. */
function fold(hashes: readonly Uint8Array[], below: Uint8Array | undefined): Uint8Array | undefined {
  let root = below;
  let end = hashes.length;
  while (end > 0) {
    // The smallest complete subtree lies rightmost: its width is the lowest bit of the count.
    const width = end & -end;
    const subtree = complete(hashes, end - width, width);
    root = root ? nodeHash(subtree, root) : subtree;
    end -= width;
  }
  return root;
}

function complete(hashes: readonly Uint8Array[], from: number, width: number): Uint8Array {
  if (width > 1)
    return nodeHash(complete(hashes, from, width / 2), complete(hashes, from + width / 2, width / 2));
  const hash = hashes[from];
  if (!hash) throw new RangeError("The edge of the tree lacks a hash.");
  return hash;
}
