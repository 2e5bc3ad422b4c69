import type { Query } from "../../db/auditSession.ts";
import { inclusionProof, leafHash, verifyInclusion } from "../../domain/tlog/merkle.ts";
import { formatProofFile } from "../../domain/tlog/proofFile.ts";
import { LogStopped } from "./LogStopped.ts";
import { readProof } from "./readProof.ts";
import { type Head, readHead } from "./sequencer/readTree.ts";
import { withCosignatures } from "./withCosignatures.ts";

/** Why there is no proof. `message` is for the operator. */
export class NoProof extends Error {
  override readonly name = "NoProof";
}

export type Proof = {
  /** The text of a `.tlog-proof` file. */
  readonly proof: string;
  /** The leaf that it proves. */
  readonly leaf: string;
  readonly index: number;
  readonly size: number;
};

/**
 * Proves that an event is in the signed log: one file that, with the leaf and the log's public key, needs nothing else.
 * Where witnesses have cosigned a checkpoint over the event, it is proved by that one, so that their word goes with it. That
 * a proof was made is itself an event.
 *
 * @param query of a session as unseal_audit
 * @throws NoProof when there is no such event, or it still waits
 * @throws LogStopped `tree-differs` when what is stored of the tree proves nothing any more
 */
export async function proveEvent(query: Query, eventId: string): Promise<Proof> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(eventId))
    throw new NoProof("An event is named by its id, such as 019a7c0e-0000-7000-8000-000000000000.");
  const [row] = await query<{ index: string; leaf: string }>(
    `select log_index as index, leaf from audit.leaves where log_index = audit.index_of($1)`,
    [eventId],
  );
  const head = (row && (await readWitnessed(query, Number(row.index)))) ?? (await readHead(query));
  if (!row || !head || Number(row.index) >= head.size)
    throw new NoProof(
      "There is no such event in the signed log. One of the last second may still be on its way.",
    );
  await query("select audit.record_proof($1)", [eventId]);
  const [index, size] = [Number(row.index), head.size];
  const hashes = await readProof(query, size, (subtree) => inclusionProof(index, size, subtree));
  const leaf = leafHash(Buffer.from(row.leaf));
  if (!verifyInclusion(leaf, index, size, hashes, head.root)) throw new LogStopped("tree-differs");
  return {
    proof: formatProofFile({ index, hashes, checkpoint: await withCosignatures(query, head) }),
    leaf: row.leaf,
    index,
    size,
  };
}

/** Of the checkpoints over a place, the one that most witnesses have cosigned, and of these the newest. */
async function readWitnessed(query: Query, index: number): Promise<Head | undefined> {
  const [row] = await query<{ size: string; root: Buffer; note: string }>(
    `select c.size, c.root, c.note from audit.checkpoints c where c.size = (
       select s.size from audit.cosignatures s where s.size > $1 group by s.size order by count(*) desc, s.size desc limit 1)`,
    [index],
  );
  return row && { ...row, size: Number(row.size) };
}
