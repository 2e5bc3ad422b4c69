import { commitmentOf, parseOpening, recordedOf } from "../../../domain/packet/exportOpening.ts";
import { LAYOUT } from "../../../domain/packet/layout.ts";
import { parseCheckpoint } from "../../../domain/tlog/checkpoint.ts";
import { leafHash, verifyInclusion } from "../../../domain/tlog/merkle.ts";
import { parseNote, type Verifier } from "../../../domain/tlog/note.ts";
import { parseProofFile } from "../../../domain/tlog/proofFile.ts";
import { checkProof } from "../../tlog/verify/verifyProof.ts";
import { type Bag, recordsSha512 } from "./checkBag.ts";
import type { Findings } from "./findings.ts";
import type { IndexTable } from "./IndexTable.ts";
import type { OpenPacket } from "./openPacket.ts";
import { readSmall } from "./readFiles.ts";

/** Where the export stands in the sender's log. */
export interface InLog {
  readonly origin: string;
  readonly index: number;
  readonly size: number;
  /** Empty when no key of the log was given: then the tree fits, and nobody vouches for it. */
  readonly signedBy: readonly string[];
  readonly cosignedBy: readonly string[];
  readonly eventId: string | null;
  readonly at: string | null;
}

/** What the worker records when all records of a packet are written. */
const EXPORTED = "legal.packet_recorded";

/** Checks that the export is in the log, and that it is of this packet. */
export async function checkLog(
  packet: OpenPacket,
  bag: Bag,
  index: IndexTable,
  keys: readonly Verifier[],
  witnesses: readonly Verifier[],
  findings: Findings,
): Promise<InLog | null> {
  const proof = await readSmall(packet, LAYOUT.proof, findings);
  const leaf = await readSmall(packet, LAYOUT.leaf, findings);
  const opening = await readSmall(packet, LAYOUT.opening, findings);
  if (!proof || !leaf) {
    findings.add("no-proof", proof ? LAYOUT.leaf : LAYOUT.proof);
    return null;
  }
  const text = leaf.toString("utf8");
  checkOpening(text, opening?.toString("utf8"), bag, index, findings);
  const event = objectOf(text);
  const told = {
    eventId: typeof event?.id === "string" ? event.id : null,
    at: typeof event?.at === "string" ? event.at : null,
  };
  if (keys.length === 0) return withoutKey(proof.toString("utf8"), leaf, told, findings);
  const checked = checkProof(proof.toString("utf8"), leaf, keys, witnesses);
  if ("problem" in checked) {
    findings.add(checked.problem, `${LAYOUT.proof}: ${checked.words}`);
    return null;
  }
  const { checkpoint, index: place, signedBy, cosignedBy } = checked;
  return { origin: checkpoint.origin, index: place, size: checkpoint.size, signedBy, cosignedBy, ...told };
}

function withoutKey(
  text: string,
  leaf: Uint8Array,
  told: Pick<InLog, "eventId" | "at">,
  findings: Findings,
): InLog | null {
  const proof = parseProofFile(text);
  const checkpoint = parseCheckpoint(parseNote(proof?.checkpoint ?? "")?.text ?? "");
  if (!proof || !checkpoint) {
    findings.add("no-proof", LAYOUT.proof);
    return null;
  }
  const { origin, size, root } = checkpoint;
  if (!verifyInclusion(leafHash(leaf), proof.index, size, proof.hashes, root)) {
    findings.add("not-in-log", LAYOUT.proof);
    return null;
  }
  return { origin, index: proof.index, size, signedBy: [], cosignedBy: [], ...told };
}

function checkOpening(
  leaf: string,
  text: string | undefined,
  bag: Bag,
  index: IndexTable,
  findings: Findings,
): void {
  const event = objectOf(leaf);
  const opening = parseOpening(text ?? "");
  if (!opening || event?.detailCommitment !== commitmentOf(opening)) {
    findings.add("opening-differs", LAYOUT.opening);
    return;
  }
  const recorded = recordedOf(opening) ?? {};
  const other = (what: string) => findings.add("another-export", `${LAYOUT.opening}: ${what}`);
  if (event.action !== EXPORTED || event.outcome !== "done") other("the event is not that of an export");
  if (recorded.recordsSha512 !== recordsSha512(bag)) other(`recordsSha512 is not that of ${LAYOUT.records}`);
  if (recorded.productionId !== bag.info.get("production-id"))
    other("productionId is not that of bag-info.txt");
  if (recorded.records !== index.size) other("records is not the number of the index's rows");
  if ((recorded.first ?? null) !== index.firstBates && index.size > 0)
    other("first is not the first Bates number");
  if ((recorded.last ?? null) !== index.lastBates) other("last is not the last Bates number");
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
