import { mkdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Query } from "../../../db/auditSession.ts";
import { openCheckpoint } from "../../../domain/tlog/checkpoint.ts";
import { edgeRoot } from "../../../domain/tlog/edge.ts";
import { parseVkey } from "../../../domain/tlog/note.ts";
import { encodeBundle, entriesPath, TILE_WIDTH, tilePath, tilesOf } from "../../../domain/tlog/tiles.ts";
import { writePrivately } from "../../../environment/writePrivately.ts";
import { pagesOfEvents } from "../../integrity/checkEvents.ts";
import { type Head, readEdge, readHead } from "../sequencer/readTree.ts";
import { withCosignatures } from "../withCosignatures.ts";
import { bundleWidth, CHECKPOINT, type Payload, payloadPath, README, UNLOGGED, VKEYS } from "./layout.ts";
import { READ_ME } from "./readMe.ts";

/** Why nothing was exported. `message` is for the operator. */
export class ExportRefused extends Error {
  override readonly name = "ExportRefused";
}

export type Exported = {
  readonly eventId: string;
  readonly size: number;
  /** Leaves that were written now; fewer than `size` when the folder held an earlier export. */
  readonly added: number;
  readonly unlogged: number;
};

const BUNDLES_AT_ONCE = 16;

/**
 * Writes the log as a folder that anybody can verify: the static layout of c2sp.org/tlog-tiles, and the values that its
 * leaves commit to. A folder with an earlier export is carried on: nothing that its checkpoint covers is written over, and
 * the new checkpoint takes its place last and whole, so that a folder that was broken off is still the export it was before.
 *
 * The export is itself an event, written before the first byte.
 *
 * @param query of a session as unseal_audit
 * @throws ExportRefused when nothing is signed yet, or the folder holds another log
 */
export async function exportLog(
  query: Query,
  folder: string,
  onProgress: (leaves: number, of: number) => void = () => {},
): Promise<Exported> {
  const head = await readHead(query);
  if (!head)
    throw new ExportRefused("Nothing is signed yet. Is the worker running, with LOG_SIGNING_KEY_FILE?");
  const vkeys = (await query<{ vkey: string }>("select vkey from audit.log_keys order by added_at")).map(
    ({ vkey }) => vkey,
  );
  const from = await sizeOfEarlier(query, folder, head, vkeys);
  const [event] = await query<{ id: string }>("select audit.record_log_export($1) as id", [from]);

  for (let n = Math.floor(from / TILE_WIDTH); n * TILE_WIDTH < head.size; n += BUNDLES_AT_ONCE) {
    await writeBundles(query, folder, head.size, n);
    onProgress(Math.min((n + BUNDLES_AT_ONCE) * TILE_WIDTH, head.size), head.size);
  }
  await writeTiles(query, folder, from, head.size);
  const unlogged: string[] = [];
  for await (const page of pagesOfEvents(query)) unlogged.push(...page.unlogged);
  await rm(join(folder, UNLOGGED), { force: true });
  if (unlogged.length > 0)
    await put(folder, UNLOGGED, unlogged.map((id) => `${JSON.stringify({ id })}\n`).join(""));
  await writeTimestamps(query, folder, head.size);
  await put(folder, VKEYS, `${vkeys.join("\n")}\n`);
  await put(folder, README, READ_ME);
  await writePrivately(join(folder, CHECKPOINT), await withCosignatures(query, head));
  await removePartials(folder, from, head.size);
  return { eventId: event?.id ?? "", size: head.size, added: head.size - from, unlogged: unlogged.length };
}

/** How much of the log a folder holds already. */
async function sizeOfEarlier(
  query: Query,
  folder: string,
  head: Head,
  vkeys: readonly string[],
): Promise<number> {
  const note = await readFile(join(folder, CHECKPOINT), "utf8").catch(() => undefined);
  if (note === undefined) return 0;
  const verifiers = vkeys.map(parseVkey).filter((verifier) => verifier !== undefined);
  const opened = openCheckpoint(note, verifiers);
  if ("problem" in opened || opened.checkpoint.size > head.size)
    throw new ExportRefused(
      `${folder} holds another log, or more of it than the database. Choose another folder.`,
    );
  const { size, root } = opened.checkpoint;
  if (!root.equals(edgeRoot(await readEdge(query, size))))
    throw new ExportRefused(
      `${folder} holds a log that this one does not begin with. Keep the folder: it is evidence. Choose another one.`,
    );
  return size;
}

async function writeBundles(query: Query, folder: string, size: number, first: number): Promise<void> {
  const from = first * TILE_WIDTH;
  const until = Math.min(size, (first + BUNDLES_AT_ONCE) * TILE_WIDTH);
  const leaves = await query<{ leaf: string }>(
    "select leaf from audit.leaves where log_index >= $1 and log_index < $2 order by log_index",
    [from, until],
  );
  const payloads = await query<{
    log_index: string;
    event_id: string;
    salt: string;
    reason: string | null;
    detail: string | null;
    ip: string | null;
    user_agent: string | null;
    leaf_hash: string;
  }>("select * from audit.payloads($1, $2)", [from, until]);
  const lines = payloads.map(
    (row): Payload => ({
      index: Number(row.log_index),
      id: row.event_id,
      salt: row.salt,
      reason: row.reason,
      detail: row.detail,
      ip: row.ip,
      userAgent: row.user_agent,
      leafHash: row.leaf_hash,
    }),
  );
  for (let n = first; n * TILE_WIDTH < until; n++) {
    const [start, end] = [n * TILE_WIDTH, n * TILE_WIDTH + bundleWidth(size, n)];
    const entries = leaves.slice(start - from, end - from).map(({ leaf }) => Buffer.from(leaf));
    await put(folder, entriesPath(n, bundleWidth(size, n)), encodeBundle(entries));
    const own = lines.filter(({ index }) => index >= start && index < end);
    await put(
      folder,
      payloadPath(n, bundleWidth(size, n)),
      own.map((line) => `${JSON.stringify(line)}\n`).join(""),
    );
  }
}

async function writeTiles(query: Query, folder: string, from: number, size: number): Promise<void> {
  const edge = await readEdge(query, size);
  for (const { level, n, width } of tilesOf(size)) {
    if (width < TILE_WIDTH) {
      await put(folder, tilePath(level, n, width), Buffer.concat(edge.levels[level] ?? []));
    } else if ((n + 1) * TILE_WIDTH ** (level + 1) > from) {
      const [row] = await query<{ hashes: Buffer }>(
        "select hashes from audit.tiles where level = $1 and tile = $2",
        [level, n],
      );
      // A tile that is gone is left out, and the verifier will say so.
      if (row) await put(folder, tilePath(level, n), row.hashes);
    }
  }
}

/** Time-stamps, each with the note it was made over: what `openssl ts -verify` takes. */
async function writeTimestamps(query: Query, folder: string, size: number): Promise<void> {
  const stamps = await query<{ size: string; sink: string; token: Buffer; note: string }>(
    `select t.size, t.sink, t.token, c.note from audit.timestamps t join audit.checkpoints c using (size)
      where t.size <= $1`,
    [size],
  );
  for (const stamp of stamps) {
    const name = `timestamps/${stamp.size}`;
    await put(folder, `${name}.checkpoint`, stamp.note);
    await put(folder, `${name}.${stamp.sink.replaceAll(/[^A-Za-z0-9.-]/g, "_")}.tst`, stamp.token);
  }
}

/** Partial tiles and bundles of the earlier export, which the new checkpoint does not name. */
async function removePartials(folder: string, from: number, size: number): Promise<void> {
  if (from === size) return;
  const kept = new Set([...tilesOf(size)].map(({ level, n, width }) => tilePath(level, n, width)));
  for (const { level, n, width } of tilesOf(from)) {
    if (width === TILE_WIDTH || kept.has(tilePath(level, n, width))) continue;
    const files = [
      tilePath(level, n, width),
      ...(level === 0 ? [entriesPath(n, width), payloadPath(n, width)] : []),
    ];
    for (const file of files) {
      await rm(join(folder, file), { force: true });
      // Its folder too, unless a wider partial tile stands in it now.
      await rmdir(join(folder, dirname(file))).catch(() => {});
    }
  }
}

async function put(folder: string, path: string, data: string | Uint8Array): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, data, { mode: 0o600 });
}
