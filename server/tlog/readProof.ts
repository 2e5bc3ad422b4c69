import type { Query } from "../../db/auditSession.ts";
import type { Subtree } from "../../domain/tlog/merkle.ts";
import { HASH_BYTES, subtreeFromTiles, TILE_WIDTH } from "../../domain/tlog/tiles.ts";
import { LogStopped } from "./LogStopped.ts";
import { readEdge } from "./sequencer/readTree.ts";

/**
 * Makes a proof about the stored tree of some size, reading the few tiles that it turns out to need.
 *
 * @param make what takes a reader of subtrees, such as `inclusionProof`
 * @throws LogStopped `tree-differs` when a tile is missing
 */
export async function readProof(
  query: Query,
  size: number,
  make: (subtree: Subtree) => Uint8Array[],
): Promise<Uint8Array[]> {
  const edge = await readEdge(query, size);
  const tiles = new Map<string, Buffer>();
  for (;;) {
    const missing = new Map<string, [level: number, n: number]>();
    const proof = make(
      subtreeFromTiles((level, at) => {
        const [n, place] = [Math.floor(at / TILE_WIDTH), at % TILE_WIDTH];
        const open = n === Math.floor(size / TILE_WIDTH ** (level + 1)) && edge.levels[level]?.[place];
        const tile = tiles.get(`${level}/${n}`);
        if (!open && !tile) missing.set(`${level}/${n}`, [level, n]);
        return (
          open || (tile?.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES) ?? Buffer.alloc(HASH_BYTES))
        );
      }),
    );
    if (missing.size === 0) return proof;
    for (const [key, [level, n]] of missing) {
      const [row] = await query<{ hashes: Buffer }>(
        "select hashes from audit.tiles where level = $1 and tile = $2",
        [level, n],
      );
      if (!row) throw new LogStopped("tree-differs");
      tiles.set(key, row.hashes);
    }
  }
}
