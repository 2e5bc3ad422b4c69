import type { Verifier } from "../../../domain/tlog/note.ts";
import { checkRecordsList, hashPayload, readBag } from "./checkBag.ts";
import { checkAllFound, checkAttachments, checkLists, readIndex } from "./checkIndex.ts";
import { checkLog, type InLog } from "./checkLog.ts";
import { checkRecords } from "./checkRecords.ts";
import { checkRsmf } from "./checkRsmf.ts";
import { checkSignature } from "./checkSignature.ts";
import { type Fault, type Finding, Findings } from "./findings.ts";
import { openPacket } from "./openPacket.ts";

export interface VerifyRequest {
  /** A ZIP, or the folder that it was unpacked to. */
  readonly path: string;
  /** Public keys that the packet may be signed with, as they came by another way. */
  readonly keys: readonly Verifier[];
  /** Public keys of the log; none: the proof is checked and nobody vouches for its checkpoint. */
  readonly logKeys?: readonly Verifier[];
  /** Each of them must have cosigned the checkpoint. */
  readonly witnesses?: readonly Verifier[];
  readonly onProgress?: (step: string, done: number, all: number) => void;
}

export interface PacketVerdict {
  /** Name of the folder: the packet's. */
  readonly packet: string | null;
  /** What does not hold, the first twenty of each kind; none: everything holds. */
  readonly findings: readonly Finding[];
  /** How many of each kind. */
  readonly counts: Readonly<Partial<Record<Fault, number>>>;
  /** Of all kinds. */
  readonly count: number;
  readonly files: number;
  readonly records: number;
  readonly first: string | null;
  readonly last: string | null;
  /** The vkey whose signature holds. */
  readonly signedBy: string | null;
  readonly log: InLog | null;
}

/**
 * Verifies a packet with nothing but public keys: offline, without a database, in memory that does not grow with the messages but
 * for some sixty bytes each. Nothing is unpacked and nothing in it is believed before it is checked.
 *
 * @throws an error of Node when the file cannot be read at all
 */
export async function verifyPacket({
  path,
  keys,
  logKeys = [],
  witnesses = [],
  onProgress = () => {},
}: VerifyRequest): Promise<PacketVerdict> {
  const findings = new Findings();
  const step = (name: string) => (done: number, all: number) => onProgress(name, done, all);
  const packet = await openPacket(path, findings);
  if (!packet) return { ...NOTHING, ...told(findings) };
  try {
    const bag = await readBag(packet, findings);
    const signedBy = await checkSignature(packet, bag, keys, findings);
    const attachments = await hashPayload(packet, bag, findings, step("files"));
    await checkRecordsList(packet, bag, findings);
    const index = await readIndex(packet, bag, findings);
    checkAttachments(packet, index, attachments, findings);
    await checkRecords(packet, index, findings, step("records"));
    await checkRsmf(packet, index, findings, step("RSMF files"));
    checkAllFound(index, findings);
    await checkLists(packet, index, findings);
    const log = await checkLog(packet, bag, index, logKeys, witnesses, findings);
    return {
      packet: packet.name,
      ...told(findings),
      files: packet.files.size,
      records: index.size,
      first: index.firstBates,
      last: index.lastBates,
      signedBy,
      log,
    };
  } finally {
    await packet.close();
  }
}

const NOTHING = { packet: null, files: 0, records: 0, first: null, last: null, signedBy: null, log: null };

function told(findings: Findings): Pick<PacketVerdict, "findings" | "counts" | "count"> {
  return { findings: findings.kept, counts: findings.counts, count: findings.count };
}
