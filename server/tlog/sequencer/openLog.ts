import type { Query } from "../../../db/auditSession.ts";
import { openCheckpoint } from "../../../domain/tlog/checkpoint.ts";
import { type Edge, EMPTY_EDGE, edgeRoot } from "../../../domain/tlog/edge.ts";
import { parseVkey, type Verifier } from "../../../domain/tlog/note.ts";
import type { LogKeys } from "../keyFile.ts";
import { LogStopped } from "../LogStopped.ts";
import { countPlaces, type Head, readEdge, readHead } from "./readTree.ts";
import type { SignedLast } from "./signedLast.ts";

/** The log as it can be continued from. */
export type OpenLog = { readonly keys: LogKeys; readonly edge: Edge; readonly head: Head | null };

type KeyRecord = { vkey: string; addedSize: string; afterLoss: boolean; ended: boolean };

/**
 * Looks whether the log may be continued: its keys are on record, the newest checkpoint is ours, the stored tree has its
 * root, and it goes on from what this machine signed last.
 *
 * @throws LogStopped with what does not fit
 */
export async function openLog(query: Query, keys: LogKeys, last: SignedLast): Promise<OpenLog> {
  const records = await query<KeyRecord>(
    `select k.vkey, k.added_size as "addedSize", k.after_loss as "afterLoss", e.vkey is not null as ended
       from audit.log_keys k left join audit.log_key_ends e using (vkey)`,
  );
  const own = keys.keys.map(({ vkey }) => records.find((record) => record.vkey === vkey));
  if (own.some((record) => !record || record.ended)) throw new LogStopped("key-not-on-record");

  const head = await readHead(query);
  if ((await countPlaces(query)) !== (head?.size ?? 0)) throw new LogStopped("tree-differs");
  if (head) checkSignature(head, keys, records);
  const edge = head ? await readEdge(query, head.size) : EMPTY_EDGE;
  if (head && !head.root.equals(edgeRoot(edge))) throw new LogStopped("tree-differs");
  await checkAgainstLast(query, head, last, verifiersOf(records.map(({ vkey }) => vkey)));
  return { keys, edge, head };
}

const verifiersOf = (vkeys: readonly string[]): Verifier[] =>
  vkeys.map(parseVkey).filter((verifier) => verifier !== undefined);

/** The newest checkpoint carries a signature of ours, or of a key on record that ours was made to succeed after its loss. */
function checkSignature(head: Head, keys: LogKeys, records: readonly KeyRecord[]): void {
  const ours = keys.keys.map(({ vkey }) => vkey);
  const succeeds = records.some(
    (record) => ours.includes(record.vkey) && record.afterLoss && Number(record.addedSize) === head.size,
  );
  const accepted = succeeds ? records.map(({ vkey }) => vkey) : ours;
  const opened = openCheckpoint(head.note, verifiersOf(accepted));
  if ("problem" in opened) throw new LogStopped("key-wrong");
  const { checkpoint } = opened;
  if (checkpoint.size !== head.size || !checkpoint.root.equals(head.root))
    throw new LogStopped("tree-differs");
}

/** The tree begins with the one that this machine signed last: nothing of it was taken back or changed. */
async function checkAgainstLast(
  query: Query,
  head: Head | null,
  last: SignedLast,
  known: readonly Verifier[],
): Promise<void> {
  const signed = await last.read(known);
  if (!signed) return;
  if (signed.size > (head?.size ?? 0)) throw new LogStopped("behind-what-was-signed");
  const then = await readEdge(query, signed.size);
  if (!signed.root.equals(edgeRoot(then))) throw new LogStopped("behind-what-was-signed");
}
