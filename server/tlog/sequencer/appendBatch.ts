import type { Session } from "../../../db/auditSession.ts";
import { signCheckpoint } from "../../../domain/tlog/checkpoint.ts";
import { type Edge, edgeRoot, extendEdge, type FullTile } from "../../../domain/tlog/edge.ts";
import { consistencyProof, leafHash, verifyConsistency } from "../../../domain/tlog/merkle.ts";
import { HASH_BYTES, subtreeFromTiles, TILE_WIDTH } from "../../../domain/tlog/tiles.ts";
import { LogStopped } from "../LogStopped.ts";
import type { OpenLog } from "./openLog.ts";
import { type Head, readHead } from "./readTree.ts";

/**
 * Gives the next leaves their places and puts a signed checkpoint over them, in one transaction: all of it happens or none.
 *
 * @param limit how many leaves at most
 * @returns the log as it is then; the same object when nothing waited
 * @throws LogStopped when the stored head is not the one that this process left, or another process is at work
 */
export function appendBatch(session: Session, before: OpenLog, limit: number): Promise<OpenLog> {
  return session.transaction(async (query) => {
    // The session holds this lock; asked for again here, it also tells that the session is still the one that does.
    const [lock] = await query<{ held: boolean }>(
      "select pg_try_advisory_xact_lock(hashtextextended('unseal.sequencer', 0)) as held",
    );
    if (!lock?.held) throw new LogStopped("not-alone");
    const stored = await readHead(query);
    if (stored?.size !== before.head?.size || stored?.note !== before.head?.note)
      throw new LogStopped("tree-differs");
    const waiting = await query<{ event_id: string; leaf: string }>(
      "select * from audit.waiting_leaves($1)",
      [limit],
    );
    if (waiting.length === 0) return before;

    const { edge, full } = extendEdge(
      before.edge,
      waiting.map(({ leaf }) => leafHash(Buffer.from(leaf))),
    );
    const root = Buffer.from(edgeRoot(edge));
    if (stored) checkConsistency(stored, { edge, root }, full);
    const note = signCheckpoint(
      { origin: before.keys.origin, size: edge.size, root },
      before.keys.keys.map(({ signer }) => signer),
    );
    await query("select audit.append_leaves($1, $2, $3, $4, $5, $6, $7)", [
      before.edge.size,
      waiting.map((row) => row.event_id),
      full.map((tile) => tile.level),
      full.map((tile) => tile.n),
      full.map((tile) => tile.hashes),
      root,
      note,
    ]);
    return { keys: before.keys, edge, head: { size: edge.size, root, note } };
  });
}

/**
 * The new tree begins with the one that was signed before: shown by a proof and the verifier that outsiders use, on the
 * root as it is stored, before the key touches anything.
 *
 * @throws LogStopped `tree-differs`
 */
function checkConsistency(
  before: Head,
  { edge, root }: { edge: Edge; root: Uint8Array },
  full: readonly FullTile[],
): void {
  const subtree = subtreeFromTiles((level, index) => {
    const [n, place] = [Math.floor(index / TILE_WIDTH), index % TILE_WIDTH];
    const tile = full.find((made) => made.level === level && made.n === n);
    const isOpen = n === Math.floor(edge.size / TILE_WIDTH ** (level + 1));
    const hash = tile
      ? tile.hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES)
      : isOpen && edge.levels[level]?.[place];
    if (!hash) throw new LogStopped("tree-differs");
    return hash;
  });
  const proof = consistencyProof(before.size, edge.size, subtree);
  if (!verifyConsistency(before.size, edge.size, before.root, root, proof))
    throw new LogStopped("tree-differs");
}
