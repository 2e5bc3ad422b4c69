import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Checkpoint, type CheckpointProblem, openCheckpoint } from "../../../domain/tlog/checkpoint.ts";
import { type Edge, EMPTY_EDGE, edgeRoot, extendEdge, type FullTile } from "../../../domain/tlog/edge.ts";
import type { Verifier } from "../../../domain/tlog/note.ts";
import { HASH_BYTES, TILE_WIDTH, tilePath } from "../../../domain/tlog/tiles.ts";
import { bundleWidth, CHECKPOINT, payloadPath, UNLOGGED } from "../export/layout.ts";
import type { BundleReport, Finding } from "./findings.ts";
import { readBundles } from "./readBundles.ts";
import { seenOnce } from "./seenOnce.ts";
import { witnessesOf } from "./witnessesOf.ts";

export type VerifyOptions = {
  readonly folder: string;
  /** Keys of the log that are trusted: at least one signature of theirs must hold, none may be bad. */
  readonly keys: readonly Verifier[];
  /** Keys of witnesses. Each of them must have cosigned; a bad cosignature is a finding too. */
  readonly witnesses?: readonly Verifier[];
  /** Older checkpoints (the notes) that somebody kept. */
  readonly since?: readonly string[];
  readonly onProgress?: (leaves: number, of: number) => void;
};

export type Verdict = {
  readonly checkpoint: Checkpoint | null;
  readonly signedBy: readonly string[];
  readonly cosignedBy: readonly string[];
  /** Sizes of the older checkpoints that this log goes on from. */
  readonly goesOnFrom: readonly number[];
  readonly leaves: number;
  readonly commitments: number;
  readonly forgotten: number;
  /** The first of them, by index; `count` tells how many there are. Empty: the log is sound. */
  readonly findings: readonly Finding[];
  readonly count: number;
};

const KEPT = 1000;

/**
 * Verifies an exported log with nothing but its folder and the keys: signature, every leaf, every tile, every payload,
 * and that it goes on from older checkpoints. Reads each file once; findings come with the first leaf they are about.
 */
export async function verifyExport(options: VerifyOptions): Promise<Verdict> {
  const findings: Finding[] = [];
  let count = 0;
  const add = (finding: Finding) => {
    count += 1;
    if (findings.length < KEPT) findings.push(finding);
  };
  const note = await readFile(join(options.folder, CHECKPOINT), "utf8").catch(() => undefined);
  const opened = note === undefined ? { problem: "not-a-note" as const } : openCheckpoint(note, options.keys);
  if ("problem" in opened) {
    return {
      ...NOTHING,
      findings: [{ fault: faultOf(opened.problem), index: null, where: CHECKPOINT }],
      count: 1,
    };
  }
  const { checkpoint, by } = opened;
  const cosignedBy = witnessesOf(note ?? "", options.witnesses ?? [], add);
  const olds = options.since?.map((text) => oldCheckpoint(text, options.keys, checkpoint, add)) ?? [];
  const tree = treeReader(
    options.folder,
    checkpoint,
    olds.filter((old) => old !== undefined),
    add,
  );

  const isNew = seenOnce(checkpoint.size);
  let [leaves, commitments, forgotten] = [0, 0, 0];
  for await (const report of readBundles(options.folder, checkpoint.size)) {
    for (const finding of report.findings) add(finding);
    const ids = new DataView(report.ids.buffer, report.ids.byteOffset, report.ids.length);
    for (let i = 0; i < ids.byteLength; i += 16)
      if (!isNew(ids.getUint32(i + 8), ids.getUint32(i + 12)))
        add({
          fault: "twice",
          index: report.n * TILE_WIDTH + i / 16,
          where: payloadPath(report.n, bundleWidth(checkpoint.size, report.n)),
        });
    await tree.add(report);
    leaves += report.hashes.length / HASH_BYTES;
    commitments += report.commitments;
    forgotten += report.forgotten;
    if (report.n % 64 === 0) options.onProgress?.(leaves, checkpoint.size);
  }
  const goesOnFrom = await tree.end();
  const unlogged = await readFile(join(options.folder, UNLOGGED), "utf8").catch(() => "");
  for (const line of unlogged.split("\n"))
    if (line !== "") add({ fault: "no-leaf", index: null, where: UNLOGGED });

  findings.sort((a, b) => (a.index ?? -1) - (b.index ?? -1));
  return {
    checkpoint,
    signedBy: by.map(({ vkey }) => vkey),
    cosignedBy,
    goesOnFrom,
    leaves,
    commitments,
    forgotten,
    findings,
    count,
  };
}

const NOTHING = {
  checkpoint: null,
  signedBy: [],
  cosignedBy: [],
  goesOnFrom: [],
  leaves: 0,
  commitments: 0,
  forgotten: 0,
};

function faultOf(problem: CheckpointProblem): Finding["fault"] {
  return problem === "not-a-note" || problem === "not-a-checkpoint" ? "no-checkpoint" : problem;
}

function oldCheckpoint(
  note: string,
  keys: readonly Verifier[],
  now: Checkpoint,
  add: (finding: Finding) => void,
): Checkpoint | undefined {
  const opened = openCheckpoint(note, keys);
  if ("problem" in opened) {
    add({ fault: faultOf(opened.problem), index: null, where: "the older checkpoint" });
    return undefined;
  }
  if (opened.checkpoint.size <= now.size) return opened.checkpoint;
  add({ fault: "shorter", index: now.size, where: "the older checkpoint" });
  return undefined;
}

/**
 * Builds the tree out of bundles as they come, and holds it against the signed root, the tiles above the first level and
 * the older checkpoints. The tree over full bundles is grown as a tree of its own, one level up.
 */
function treeReader(
  folder: string,
  { size, root }: Checkpoint,
  olds: readonly Checkpoint[],
  add: (finding: Finding) => void,
) {
  let above: Edge = EMPTY_EDGE;
  let open: Uint8Array[] = [];
  let whole = true;
  /** The older ones that hold. By themselves, not by size: a fork may be as long as what it was forked from. */
  const held = new Set<Checkpoint>();
  const goesOnFrom = () => olds.filter((old) => held.has(old)).map(({ size }) => size);
  /** Bundles whose leaves are not those of their tile. */
  const damaged: number[] = [];

  const rootAt = (leaves: readonly Uint8Array[]): Uint8Array =>
    edgeRoot({ size: 0, levels: [leaves, ...above.levels] });

  async function compareAbove(tile: FullTile): Promise<void> {
    const level = tile.level + 1;
    const path = tilePath(level, tile.n, tile.hashes.length / HASH_BYTES);
    const stored = await readFile(join(folder, path)).catch(() => undefined);
    if (stored?.equals(tile.hashes)) return;
    if (!stored) {
      add({ fault: "missing-tile", index: tile.n * TILE_WIDTH ** (level + 1), where: path });
      return;
    }
    // What follows from a leaf that was found already is not found again.
    const span = TILE_WIDTH ** tile.level;
    const place = differences(stored, tile.hashes).find((at) => {
      const from = (tile.n * TILE_WIDTH + at) * span;
      return !damaged.some((n) => n >= from && n < from + span);
    });
    if (place !== undefined)
      add({ fault: "bad-tile", index: (tile.n * TILE_WIDTH + place) * TILE_WIDTH ** level, where: path });
  }

  return {
    async add({ n, hashes, root: bundleRoot, findings }: BundleReport): Promise<void> {
      if (findings.some(({ fault }) => fault === "other-leaf" || fault === "bad-tile")) damaged.push(n);
      const base = n * TILE_WIDTH;
      const width = hashes.length / HASH_BYTES;
      if (width < Math.min(TILE_WIDTH, size - base)) whole = false;
      if (!whole) return;
      for (const old of olds) {
        if (old.size <= base || old.size > base + width) continue;
        // Not taken up yet: the leaves of this bundle are still apart from the tree above.
        const begun = leavesOf(hashes).slice(0, old.size - base);
        if (old.root.equals(rootOfBegun(rootAt, begun, above))) held.add(old);
      }
      if (!bundleRoot) {
        open = leavesOf(hashes);
        return;
      }
      const grown = extendEdge(above, [bundleRoot]);
      above = grown.edge;
      for (const tile of grown.full) await compareAbove(tile);
    },

    async end(): Promise<number[]> {
      for (const old of olds)
        if (!held.has(old))
          add({ fault: "fork", index: null, where: `the older checkpoint of ${old.size} leaves` });
      if (!whole) {
        add({ fault: "wrong-root", index: null, where: CHECKPOINT });
        return goesOnFrom();
      }
      for (const [level, hashes] of above.levels.entries()) {
        if (hashes.length === 0) continue;
        const n = Math.floor(above.size / TILE_WIDTH ** (level + 1));
        await compareAbove({ level, n, hashes: Buffer.concat(hashes) });
      }
      if (!root.equals(rootAt(open))) add({ fault: "wrong-root", index: null, where: CHECKPOINT });
      return goesOnFrom();
    },
  };
}

function leavesOf(hashes: Uint8Array): Uint8Array[] {
  return Array.from({ length: hashes.length / HASH_BYTES }, (_, i) =>
    hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
}

/** The root when some leaves of the next bundle are there: all 256 of them are a full bundle already. */
function rootOfBegun(
  rootAt: (leaves: readonly Uint8Array[]) => Uint8Array,
  leaves: readonly Uint8Array[],
  above: Edge,
): Uint8Array {
  if (leaves.length < TILE_WIDTH) return rootAt(leaves);
  const full = extendEdge(EMPTY_EDGE, leaves).edge.levels[1]?.[0];
  return edgeRoot(full ? extendEdge(above, [full]).edge : above);
}

/** The places at which a stored tile does not hold the hash that it should. */
function differences(stored: Uint8Array, hashes: Uint8Array): number[] {
  const places: number[] = [];
  for (let i = 0; i * HASH_BYTES < Math.max(stored.length, hashes.length); i++) {
    const [from, to] = [i * HASH_BYTES, (i + 1) * HASH_BYTES];
    if (Buffer.compare(stored.subarray(from, to), hashes.subarray(from, to)) !== 0) places.push(i);
  }
  return places;
}
