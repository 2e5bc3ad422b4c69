import { hash } from "node:crypto";
import type { Query } from "../../db/auditSession.ts";
import { compareLeaf } from "../../domain/auditLeaf.ts";
import { type Checkpoint, openCheckpoint } from "../../domain/tlog/checkpoint.ts";
import { type Edge, EMPTY_EDGE, extendEdge } from "../../domain/tlog/edge.ts";
import { leafHash } from "../../domain/tlog/merkle.ts";
import type { Verifier } from "../../domain/tlog/note.ts";
import { Peaks } from "../../domain/tlog/peaks.ts";
import type { Findings } from "./Findings.ts";
import {
  type PlacedLeaf,
  readCheckpoints,
  readEventsOf,
  readLeaves,
  readTiles,
  type StoredCheckpoint,
  type StoredEvent,
} from "./readBatch.ts";

// Two tiles at a time: some five milliseconds of hashing between two waits for the database, so that whatever else this
// process does goes on.
const BATCH = 512;
const SALT_BYTES = 16;

/** What was looked at. */
export type Checked = { leaves: number; checkpoints: number; tiles: number; forgotten: number };

/**
 * Walks the log from its first leaf to a size: every place is taken, every leaf is that of its event, every tile and the
 * root of every signed checkpoint on the way is that of the leaves.
 *
 * @param signed.size of the newest checkpoint
 * @param signed.kept a checkpoint from outside the database, whose root the leaves must make too
 * @param goOn called after each batch with the leaves that are done; answers whether to go on
 * @returns null when it was told to stop
 */
export async function checkLeaves(
  query: Query,
  signed: { size: number; verifiers: readonly Verifier[]; kept: Checkpoint | undefined },
  findings: Findings,
  goOn: (done: number) => Promise<boolean>,
): Promise<Checked | null> {
  const checked: Checked = { leaves: 0, checkpoints: 0, tiles: 0, forgotten: 0 };
  const { size, verifiers, kept } = signed;
  const peaks = new Peaks();
  let edge: Edge = EMPTY_EDGE;
  // Behind a hole no root can be worked out: what was signed there is known to differ already.
  let whole = true;
  for (let from = 0; from < size; from += BATCH) {
    const to = Math.min(from + BATCH, size);
    const [leaves, checkpoints] = [await readLeaves(query, from, to), await readCheckpoints(query, from, to)];
    compareWithEvents(leaves, await readEventsOf(query, leaves), findings, checked);
    whole &&= noteHoles(leaves, from, to, findings);

    const hashes = whole ? leaves.map(({ leaf }) => leafHash(Buffer.from(leaf))) : [];
    let next = 0;
    const grow = (to: number) => {
      while (whole && peaks.size < to) peaks.push(hashes[next++] as Uint8Array);
    };
    for (const checkpoint of withKept(checkpoints, kept, from, to)) {
      grow(checkpoint.size);
      const differs = whole && !checkpoint.root.equals(peaks.root());
      if (checkpoint === kept) {
        if (differs) findings.add("log-forked", { size: checkpoint.size });
        continue;
      }
      checkSigned(checkpoint as StoredCheckpoint, verifiers, findings);
      if (differs) findings.add("root-differs", { size: checkpoint.size });
    }
    while (next < hashes.length) peaks.push(hashes[next++] as Uint8Array);
    checked.checkpoints += checkpoints.length;

    const grown = extendEdge(edge, hashes);
    edge = grown.edge;
    const stored = await readTiles(query, grown.full);
    grown.full.forEach(({ level, n, hashes: own }, i) => {
      if (!stored[i]?.equals(own)) findings.add("tile-differs", { index: n * 256 ** (level + 1) });
    });
    checked.tiles += grown.full.length;
    checked.leaves += leaves.length;
    if (!(await goOn(to))) return null;
  }
  return checked;
}

/** The checkpoints of a batch, and among them, by size, the one that was kept elsewhere. */
function withKept(
  stored: readonly StoredCheckpoint[],
  kept: Checkpoint | undefined,
  from: number,
  to: number,
): readonly (StoredCheckpoint | Checkpoint)[] {
  if (!kept || kept.size <= from || kept.size > to) return stored;
  return [...stored, kept].sort((a, b) => a.size - b.size);
}

/** @returns whether every place has its leaf */
function noteHoles(leaves: readonly PlacedLeaf[], from: number, to: number, findings: Findings): boolean {
  if (leaves.length === to - from) return true;
  const taken = new Set(leaves.map(({ index }) => index));
  for (let index = from; index < to; index++) if (!taken.has(index)) findings.add("leaf-missing", { index });
  return false;
}

function compareWithEvents(
  leaves: readonly PlacedLeaf[],
  events: ReadonlyMap<string, StoredEvent>,
  findings: Findings,
  checked: Checked,
): void {
  for (const { index, eventId, leaf } of leaves) {
    const event = events.get(eventId);
    if (!event) {
      findings.add("event-missing", { index, eventId });
      continue;
    }
    // Of this length only: or the first bytes of a value could be stored as the last of its salt.
    if (event.salt.length !== SALT_BYTES && event.salt.length !== 0) {
      findings.add("event-differs", { index, eventId });
      continue;
    }
    const state = compareLeaf(leaf, event, (value) =>
      hash("sha256", Buffer.concat([event.salt, Buffer.from(value)]), "hex"),
    );
    if (state === "differs") findings.add("event-differs", { index, eventId });
    if (state === "forgotten") {
      checked.forgotten++;
      findings.add("value-erased", { index, eventId });
    }
  }
}

function checkSigned(checkpoint: StoredCheckpoint, verifiers: readonly Verifier[], findings: Findings): void {
  const { size } = checkpoint;
  const opened = openCheckpoint(checkpoint.note, verifiers);
  if ("problem" in opened) findings.add("signature-bad", { size });
  else if (opened.checkpoint.size !== size || !opened.checkpoint.root.equals(checkpoint.root))
    findings.add("checkpoint-differs", { size });
}
