import { hash, sign } from "node:crypto";
import { crc32 } from "node:zlib";
import {
  BAGIT_TXT,
  bagInfo,
  inPathOrder,
  isRecordFile,
  manifestLines,
  noteText,
} from "../../../domain/packet/bag/tagFiles.ts";
import { commitmentOf, formatOpening } from "../../../domain/packet/exportOpening.ts";
import { indexCsv } from "../../../domain/packet/indexCsv.ts";
import { LAYOUT } from "../../../domain/packet/layout.ts";
import { custodyCsv, redactionsCsv, withheldCsv } from "../../../domain/packet/listsCsv.ts";
import type { CustodyRow, PacketFacts, WithheldRecord } from "../../../domain/packet/model.ts";
import { accountsNdjson, nativeNdjson } from "../../../domain/packet/native.ts";
import { certificate } from "../../../domain/packet/papers/certificate.ts";
import { coverLetter } from "../../../domain/packet/papers/coverLetter.ts";
import { howToVerifyText } from "../../../domain/packet/papers/howToVerify.ts";
import { rsmfFile } from "../../../domain/packet/rsmf/rsmfFile.ts";
import { dayOf } from "../../../domain/packet/rsmf/slices.ts";
import {
  ACCOUNT,
  ATTACHMENTS,
  at,
  batches,
  CONVERSATION,
  FACTS,
  joined,
  MESSAGES,
} from "../../../domain/packet/test/sample.ts";
import { Blocks, deflateBlock } from "../../../domain/packet/zip/deflate.ts";
import { type ZipPart, zipBytes } from "../../../domain/packet/zip/zip.ts";
import { signCheckpoint } from "../../../domain/tlog/checkpoint.ts";
import { inclusionProof, leafHash, rootOf, subtreeOf } from "../../../domain/tlog/merkle.ts";
import {
  formatVkey,
  type KeyKind,
  keyIdOf,
  newSeed,
  privateKeyOf,
  publicKeyOf,
  type Signer,
  signNote,
} from "../../../domain/tlog/note.ts";
import { formatProofFile } from "../../../domain/tlog/proofFile.ts";

/** A small whole packet, made of the writers themselves, for tests that then do to it what nobody may. */

function keyFor(name: string, kind: KeyKind = "ed25519"): { signer: Signer; vkey: string } {
  const seed = newSeed();
  const publicKey = publicKeyOf(seed);
  const keyId = keyIdOf(name, kind, publicKey);
  return { signer: { name, keyId, key: privateKeyOf(seed) }, vkey: formatVkey(name, kind, publicKey) };
}
export const PACKET_KEY = keyFor("packets.example.org");
export const LOG_KEY = keyFor("log.example.org/audit");
export const WITNESS_KEY = keyFor("witness.example.org", "cosignature");

const IMAGE = Buffer.from("0123456789");
const messages = MESSAGES.map((message) => ({
  ...message,
  attachments: message.attachments.map((one) =>
    one.path === null ? one : { ...one, sha256: hash("sha256", IMAGE, "hex") },
  ),
}));
const person = { label: "Legal counsel 1", role: "legal counsel" };
const WITHHELD: readonly WithheldRecord[] = [
  {
    number: "W-000001",
    record: "message",
    kind: "privileged",
    conversation: "c0001",
    parent: null,
    bates: null,
    sentAt: at(5),
    from: "acc-1",
    reason: "=lawyer",
    by: person,
  },
  {
    number: "W-000002",
    record: "attachment",
    kind: "not_available",
    conversation: "c0001",
    parent: "UNS-000004",
    bates: "UNS-000006",
    sentAt: at(4),
    from: "Participant 1",
    reason: ATTACHMENTS[1]?.why ?? "",
    by: null,
  },
];
const CUSTODY: readonly CustodyRow[] = ["freeze", "collect", "build"].map((action, i) => ({
  seq: i + 1,
  at: at(i),
  actor: person.label,
  role: person.role,
  action,
  object: "LR-000012",
  sha256Before: null,
  sha256After: null,
  reason: "Placeholder reason.",
  eventId: `0198a0c0-0000-7000-8000-00000000010${i}`,
  logIndex: i,
}));

export type Files = Map<string, Buffer>;

let written: Promise<Files> | undefined;

/** Everything that the export event names, written once. */
async function recordFiles(): Promise<Files> {
  written ??= writeRecords();
  return new Map(await written);
}

async function writeRecords(): Promise<Files> {
  const files: Files = new Map();
  const put = async (path: string, pieces: AsyncIterable<string>) => files.set(path, await joined(pieces));
  files.set(LAYOUT.attachment("UNS-000005", "image/png"), IMAGE);
  files.set(LAYOUT.transcript("c0001", 1), Buffer.from("%PDF-1.7 placeholder\n"));
  files.set(LAYOUT.coverLetter, Buffer.from(coverLetter(FACTS)));
  files.set(LAYOUT.howToVerify, Buffer.from(howToVerifyText(FACTS.packet)));
  await put(LAYOUT.accounts, accountsNdjson([[ACCOUNT]]));
  await put(LAYOUT.native("c0001"), nativeNdjson(CONVERSATION, batches(messages)));
  for (const day of new Set(messages.map(dayOf))) {
    const ofDay = messages.filter((message) => dayOf(message) === day);
    await put(LAYOUT.rsmf("c0001", day, 1), rsmfFile(FACTS, CONVERSATION, { day, slice: 1 }, batches(ofDay)));
  }
  await put(
    LAYOUT.index,
    indexCsv(batches([ACCOUNT, ...messages]), {
      conversationOf: () => CONVERSATION,
      textPathOf: () => LAYOUT.transcript("c0001", 1),
    }),
  );
  await put(LAYOUT.withheld, withheldCsv(batches(WITHHELD)));
  await put(LAYOUT.redactions, redactionsCsv(batches(messages)));
  await put(LAYOUT.custody, custodyCsv(batches(CUSTODY)));
  return files;
}

export interface Changes {
  readonly facts?: PacketFacts;
  /** After the records are written, before the export is recorded. */
  readonly records?: (files: Files) => void;
  /** What is recorded of the export. */
  readonly recorded?: (detail: Record<string, unknown>) => void;
  readonly event?: Record<string, unknown>;
  /** Files of the log, before manifests are written. */
  readonly logged?: (files: Files) => void;
  /** Tag files, before they are signed. */
  readonly tags?: (files: Files) => void;
  /** Everything, when all is signed. */
  readonly last?: (files: Files) => void;
}

/** All files of a packet, in the order in which they are written. Whatever `changes` does is done as if by the sender. */
export async function packetFiles(changes: Changes = {}): Promise<Files> {
  const { facts = FACTS } = changes;
  const files = await recordFiles();
  changes.records?.(files);
  files.set(LAYOUT.records, lines(files, isRecordFile));
  addLog(files, changes);
  changes.logged?.(files);
  const payload = [...files].filter(([path]) => path.startsWith("data/"));
  const octets = payload.reduce((sum, [, { length }]) => sum + length, 0);
  files.set(
    LAYOUT.manifest,
    lines(files, (path) => path.startsWith("data/")),
  );
  files.set(LAYOUT.bagit, Buffer.from(BAGIT_TXT));
  files.set(LAYOUT.bagInfo, Buffer.from(bagInfo(facts, { octets, files: payload.length })));
  changes.tags?.(files);
  files.set(
    LAYOUT.tagManifest,
    lines(files, (path) => !path.startsWith("data/")),
  );
  const tagManifest = files.get(LAYOUT.tagManifest) ?? Buffer.alloc(0);
  const text = certificate(facts, {
    tagManifestSha512: sha512(tagManifest),
    recordsSha512: sha512(files.get(LAYOUT.records) ?? Buffer.alloc(0)),
    payload: { files: payload.length, octets },
    recordedAt: at(0),
    exportEventId: EVENT_ID,
    log: { origin: LOG_KEY.signer.name, index: 1, size: 3 },
    vkey: PACKET_KEY.vkey,
  });
  files.set(LAYOUT.certificate, Buffer.from(text));
  files.set(LAYOUT.signature, sign(null, tagManifest, PACKET_KEY.signer.key));
  const note = noteText({ tagManifest: sha512(tagManifest), certificate: sha512(Buffer.from(text)) });
  files.set(LAYOUT.note, Buffer.from(signNote(note, [PACKET_KEY.signer])));
  changes.last?.(files);
  return files;
}

const EVENT_ID = "0198a0c0-0000-7000-8000-0000000000ee";

function addLog(files: Files, { recorded, event }: Changes): void {
  const detail: Record<string, unknown> = {
    recordsSha512: sha512(files.get(LAYOUT.records) ?? Buffer.alloc(0)),
    productionId: FACTS.productionId,
    records: 7,
    first: FACTS.bates.first,
    last: FACTS.bates.last,
  };
  recorded?.(detail);
  const opening = { salt: "0f".repeat(16), detail: JSON.stringify(detail) };
  const leaf = JSON.stringify({
    action: "legal.packet_recorded",
    actorKind: "system",
    at: "2026-05-06T10:00:05.123456Z",
    detailCommitment: commitmentOf(opening),
    id: EVENT_ID,
    outcome: "done",
    v: 2,
    ...event,
  });
  const leaves = ["{}", leaf, "{}"].map((text) => leafHash(Buffer.from(text)));
  const checkpoint = { origin: LOG_KEY.signer.name, size: 3, root: Buffer.from(rootOf(leaves)) };
  const proof = {
    index: 1,
    hashes: inclusionProof(1, 3, subtreeOf(leaves)),
    checkpoint: signCheckpoint(checkpoint, [LOG_KEY.signer]),
  };
  files.set(LAYOUT.proof, Buffer.from(formatProofFile(proof)));
  files.set(LAYOUT.leaf, Buffer.from(leaf));
  files.set(LAYOUT.opening, Buffer.from(formatOpening(opening)));
}

export function sha512(bytes: Uint8Array): string {
  return hash("sha512", bytes, "hex");
}

function lines(files: Files, of: (path: string) => boolean): Buffer {
  const named = [...files]
    .filter(([path]) => of(path))
    .map(([path, bytes]) => ({ path, sha512: sha512(bytes) }));
  const within = named.some(({ path }) => path.startsWith("data/")) ? "data/" : "";
  return Buffer.from([...manifestLines(inPathOrder(named), within)].join(""));
}

/** As an archive. */
export async function zipOf(files: Files, top = FACTS.packet): Promise<Buffer> {
  const parts = inPathOrder(
    [...files].map(([path, bytes]) => ({ path, ...partOf(`${top}/${path}`, bytes) })),
  );
  return joined(zipBytes(parts, ({ stream }, from) => [stream.subarray(from)]));
}

function partOf(name: string, bytes: Buffer): ZipPart & { readonly stream: Buffer } {
  const blocks = new Blocks();
  const out: Buffer[] = [];
  for (const full of blocks.add(bytes)) out.push(deflateBlock(full, false));
  out.push(deflateBlock(blocks.end(), true));
  const stream = Buffer.concat(out);
  return { name, crc32: crc32(bytes), size: bytes.length, deflated: stream.length, stream };
}
