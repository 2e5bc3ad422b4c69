import type { Query } from "../../../db/auditSession.ts";
import { type Edge, EMPTY_EDGE, edgeWidth } from "../../../domain/tlog/edge.ts";
import { leafHash } from "../../../domain/tlog/merkle.ts";
import { TILE_WIDTH, tileRoot } from "../../../domain/tlog/tiles.ts";
import { LogStopped } from "../LogStopped.ts";

/** A checkpoint as it is stored. */
export type Head = { readonly size: number; readonly root: Buffer; readonly note: string };

/** The newest checkpoint; null when nothing was ever signed. */
export async function readHead(query: Query): Promise<Head | null> {
  const [row] = await query<{ size: string; root: Buffer; note: string }>(
    "select size, root, note from audit.checkpoints order by size desc limit 1",
  );
  return row ? { ...row, size: Number(row.size) } : null;
}

/** How many places of the log are taken, counted by the leaves themselves. */
export async function countPlaces(query: Query): Promise<number> {
  const [row] = await query<{ next: string }>(
    "select coalesce(max(log_index) + 1, 0) as next from audit.leaves",
  );
  return Number(row?.next ?? 0);
}

/**
 * The right edge of the tree of a given size, out of leaves and full tiles.
 *
 * @throws LogStopped `tree-differs` when something of it is missing
 */
export async function readEdge(query: Query, size: number): Promise<Edge> {
  if (size === 0) return EMPTY_EDGE;
  const levels: Uint8Array[][] = [await readOpenLeaves(query, size)];
  for (let level = 1; TILE_WIDTH ** level <= size; level++)
    levels.push(await readOpenTiles(query, size, level));
  return { size, levels };
}

async function readOpenLeaves(query: Query, size: number): Promise<Uint8Array[]> {
  const width = edgeWidth(size, 0);
  const rows = await query<{ leaf: string }>(
    "select leaf from audit.leaves where log_index >= $1 and log_index < $2 order by log_index",
    [size - width, size],
  );
  if (rows.length !== width) throw new LogStopped("tree-differs");
  return rows.map(({ leaf }) => leafHash(Buffer.from(leaf)));
}

/** The unfilled tile of a level: the roots of the full tiles below that no full tile of this level holds. */
async function readOpenTiles(query: Query, size: number, level: number): Promise<Uint8Array[]> {
  const below = Math.floor(size / TILE_WIDTH ** level);
  const width = edgeWidth(size, level);
  const rows = await query<{ hashes: Buffer }>(
    "select hashes from audit.tiles where level = $1 and tile >= $2 and tile < $3 order by tile",
    [level - 1, below - width, below],
  );
  if (rows.length !== width) throw new LogStopped("tree-differs");
  return rows.map(({ hashes }) => tileRoot(hashes));
}
