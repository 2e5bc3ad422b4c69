import type { Sql, TransactionSql } from "postgres";
import { type Checkpoint, openCheckpoint } from "../../domain/tlog/checkpoint.ts";
import { EMPTY_EDGE, edgeRoot, extendEdge } from "../../domain/tlog/edge.ts";
import { leafHash } from "../../domain/tlog/merkle.ts";
import type { Verifier } from "../../domain/tlog/note.ts";

/** What is wrong with the stored log. */
export type LogFinding = {
  readonly code:
    | "place-missing"
    | "tile-differs"
    | "root-differs"
    | "checkpoint-unsigned"
    | "checkpoint-missing"
    | "leaves-unsigned"
    | "log-shorter"
    | "log-forked";
  /** The place, or the size of the tree, that it is about. */
  readonly at: number;
};

export type StoredLog = {
  readonly size: number;
  /** Of the tree that was recomputed, hexadecimal. */
  readonly root: string;
  readonly checkpoints: number;
  readonly findings: readonly LogFinding[];
};

export type VerifyOptions = {
  /** Keys from outside the database: those in it prove nothing. */
  readonly keys: readonly Verifier[];
  /** A checkpoint that was kept elsewhere, e.g. beside the signing key or by a witness. */
  readonly since?: Checkpoint | undefined;
  readonly onProgress?: (leaves: number, of: number) => void;
  readonly signal?: AbortSignal;
};

const BATCH = 5_000;
const MOST_FINDINGS = 100;

/**
 * Recomputes the whole tree (RFC 6962 §2.1) from the stored leaves and holds it against the stored tiles, against the newest
 * checkpoint of every batch of leaves, each with its signature, and against a checkpoint that was kept elsewhere. Reads one
 * snapshot, a batch at a time: memory stays the same at any size.
 *
 * @param sql a connection that may read `audit.leaves`, `audit.tiles` and `audit.checkpoints`
 * @throws the signal's reason when it is aborted
 */
export async function verifyStored(sql: Sql, options: VerifyOptions): Promise<StoredLog> {
  const findings: LogFinding[] = [];
  const find = (code: LogFinding["code"], at: number) => {
    if (findings.length < MOST_FINDINGS) findings.push({ code, at });
  };
  let edge = EMPTY_EDGE;
  let checkpoints = 0;
  await sql.begin("isolation level repeatable read read only", async (tx) => {
    const [head] = await tx<{ size: string | null; leaves: string; first: string | null }[]>`
      select (select max(size) from audit.checkpoints) as size,
             (select coalesce(max(log_index) + 1, 0) from audit.leaves) as leaves,
             (select min(log_index) from audit.leaves) as first`;
    const signed = Number(head?.size ?? 0);
    const total = Number(head?.leaves ?? 0);

    const checkRoot = (size: number, root: Buffer, note: string) => {
      checkpoints++;
      const opened = openCheckpoint(note, options.keys);
      if ("problem" in opened) {
        // An older one may be signed by a key that has been retired: what follows from it is signed by a key of today.
        if (opened.problem !== "no-known-signature" || size === signed) find("checkpoint-unsigned", size);
      } else if (opened.checkpoint.size !== size || !opened.checkpoint.root.equals(root))
        find("root-differs", size);
      if (!root.equals(edgeRoot(edge))) find("root-differs", size);
    };

    while (edge.size < total) {
      options.signal?.throwIfAborted();
      const rows = await tx<{ index: string; leaf: string }[]>`
        select log_index as index, leaf from audit.leaves where log_index >= ${edge.size} order by log_index limit ${BATCH}`;
      const gap = rows.findIndex((row, i) => Number(row.index) !== edge.size + i);
      const usable = gap === -1 ? rows : rows.slice(0, gap);
      if (usable.length === 0) {
        find("place-missing", edge.size);
        break;
      }
      const end = edge.size + usable.length;
      const hashes = usable.map(({ leaf }) => leafHash(Buffer.from(leaf)));
      const stops = await stopsWithin(tx, edge.size, end, options.since?.size);
      for (const stop of stops) {
        const next = extendEdge(
          edge,
          hashes.slice(hashes.length - (end - edge.size), hashes.length - (end - stop.size)),
        );
        await compareTiles(tx, next.full, find);
        edge = next.edge;
        if (stop.note !== null && stop.root) checkRoot(stop.size, stop.root, stop.note);
        if (stop.size === options.since?.size && !options.since.root.equals(edgeRoot(edge)))
          find("log-forked", stop.size);
      }
      options.onProgress?.(edge.size, total);
    }
    if (edge.size < signed) find("place-missing", edge.size);
    if (signed === 0 && total > 0) find("checkpoint-missing", total);
    else if (total > signed) find("leaves-unsigned", signed);
    if (options.since && options.since.size > edge.size) find("log-shorter", edge.size);
  });
  return {
    size: edge.size,
    root: Buffer.from(edgeRoot(edge)).toString("hex"),
    checkpoints,
    findings: findings.sort((a, b) => a.at - b.at),
  };
}

type Stop = { size: number; root: Buffer | null; note: string | null };

/** Where to stop within a batch: its newest checkpoint, the size that somebody kept, and its end. */
async function stopsWithin(
  tx: TransactionSql,
  from: number,
  to: number,
  since: number | undefined,
): Promise<Stop[]> {
  const stops = new Map<number, Stop>([[to, { size: to, root: null, note: null }]]);
  if (since !== undefined && since > from && since <= to)
    stops.set(since, { size: since, root: null, note: null });
  const [newest] = await tx<{ size: string; root: Buffer; note: string }[]>`
    select size, root, note from audit.checkpoints where size > ${from} and size <= ${to} order by size desc limit 1`;
  if (newest) stops.set(Number(newest.size), { ...newest, size: Number(newest.size) });
  return [...stops.values()].sort((a, b) => a.size - b.size);
}

async function compareTiles(
  tx: TransactionSql,
  full: readonly { level: number; n: number; hashes: Buffer }[],
  find: (code: "tile-differs", at: number) => void,
): Promise<void> {
  if (full.length === 0) return;
  const stored = await tx<{ level: number; tile: string; hashes: Buffer }[]>`
    select t.level, t.tile, t.hashes from audit.tiles t
      join unnest(${full.map(({ level }) => level)}::smallint[], ${full.map(({ n }) => n)}::bigint[]) w(level, tile)
        on w.level = t.level and w.tile = t.tile`;
  const byPlace = new Map(stored.map((row) => [`${row.level}/${row.tile}`, row.hashes]));
  for (const tile of full) {
    if (!byPlace.get(`${tile.level}/${tile.n}`)?.equals(tile.hashes))
      find("tile-differs", tile.n * 256 ** (tile.level + 1));
  }
}
