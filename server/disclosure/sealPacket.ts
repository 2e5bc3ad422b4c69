import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { inflateRawSync } from "node:zlib";
import { openAuditSession, type Query } from "../../db/auditSession.ts";
import {
  BAGIT_TXT,
  bagInfo,
  inPathOrder,
  manifestLines,
  noteText,
} from "../../domain/packet/bag/tagFiles.ts";
import { LAYOUT } from "../../domain/packet/layout.ts";
import type { PacketFacts } from "../../domain/packet/model.ts";
import { certificate } from "../../domain/packet/papers/certificate.ts";
import { zipBytes, zipSize } from "../../domain/packet/zip/zip.ts";
import { parseCheckpoint } from "../../domain/tlog/checkpoint.ts";
import { parseNote } from "../../domain/tlog/note.ts";
import { parseProofFile } from "../../domain/tlog/proofFile.ts";
import { auditSettings } from "../../environment/settings.ts";
import { finishProduction, type Part, recordPacket } from "../legal/productions/ledgerStore.ts";
import { BuildStuck, NotSignedYet } from "../legal/productions/stuck.ts";
import type { PacketKey } from "../packet/signingKey.ts";
import { LogStopped } from "../tlog/LogStopped.ts";
import { NoProof, proveEvent } from "../tlog/proveEvent.ts";
import type { Build } from "./openBuild.ts";
import { recordHashes } from "./writePapers.ts";
import { writeText } from "./writePart.ts";

/** How long the log has to sign the export before the build rests. */
const SIGNED_WITHIN_MS = 20_000;
const LOOK_MS = 150;

/** Reads and writes parts of the packet by their paths, as they stand now. */
export interface Parts {
  of(path: string): Part;
  all(): readonly Part[];
  /** Keeps what is known of a part that has just been written. */
  wrote(path: string, sums: Awaited<ReturnType<typeof writeText>>): void;
}

/**
 * Ends a packet whose records are all written: records the export in the log, takes the log's proof of it, writes the manifests and
 * signs them. What is whole is passed over, so that it may be ended at any point and gone on with.
 *
 * @throws NotSignedYet; BuildLost; BuildStuck
 */
export async function sealPacket(
  build: Build,
  facts: PacketFacts,
  parts: Parts,
  key: PacketKey,
): Promise<void> {
  const write = async (path: string, make: () => Promise<string | Uint8Array> | string | Uint8Array) => {
    const part = parts.of(path);
    if (part.state !== "done")
      parts.wrote(path, await writeText(build.lease, build.sealer, part, await make()));
  };
  await write(LAYOUT.records, () => recordHashes(parts.all()));
  const records = parts.of(LAYOUT.records);
  const done = parts.all().filter((part) => part.path?.startsWith("data/") && part.state === "done");
  const eventId = await recordPacket(build.lease, {
    recordsSha512: records.sha512 ?? "",
    files: done.length,
    bytes: done.reduce((sum, { size }) => sum + (size ?? 0), 0),
  });
  const session = await openAuditSession(auditSettings().auditDatabaseUrl, "unseal:packets");
  let recorded: { at: Date; proof: string };
  try {
    recorded = await withLog(build, session.query, eventId, write, parts);
  } finally {
    await session.end();
  }

  const payload = () => parts.all().filter((part) => part.path?.startsWith("data/") && part.state === "done");
  const octets = payload().reduce((sum, { size }) => sum + (size ?? 0), 0);
  const files = payload().length;
  await write(LAYOUT.bagit, () => BAGIT_TXT);
  await write(LAYOUT.bagInfo, () => bagInfo(facts, { octets, files }));
  await write(LAYOUT.manifest, () => [...manifestLines(inPathOrder(hashed(payload())), "data/")].join(""));
  const tagFiles = [LAYOUT.bagInfo, LAYOUT.bagit, LAYOUT.manifest].map((path) => parts.of(path));
  const tagManifest = [...manifestLines(inPathOrder(hashed(tagFiles)), "")].join("");
  await write(LAYOUT.tagManifest, () => tagManifest);
  const tagManifestSha512 = parts.of(LAYOUT.tagManifest).sha512 ?? "";
  await write(LAYOUT.signature, () => key.sign(Buffer.from(tagManifest)));
  await write(LAYOUT.certificate, () =>
    certificate(facts, {
      tagManifestSha512,
      recordsSha512: records.sha512 ?? "",
      payload: { files, octets },
      recordedAt: recorded.at,
      exportEventId: eventId,
      log: logOf(recorded.proof),
      vkey: key.vkey,
    }),
  );
  await write(LAYOUT.note, () =>
    key.note(
      noteText({ tagManifest: tagManifestSha512, certificate: parts.of(LAYOUT.certificate).sha512 ?? "" }),
    ),
  );
  await finish(build, parts, key.vkey, tagManifestSha512);
}

/** The log's word for the export: its proof, the leaf that is proved, and what the leaf commits to. */
async function withLog(
  build: Build,
  query: Query,
  eventId: string,
  write: (path: string, make: () => Promise<string> | string) => Promise<void>,
  parts: Parts,
): Promise<{ at: Date; proof: string }> {
  const [event] = await query<{ at: Date; salt: Buffer; detail: string }>(
    "select at, leaf_salt as salt, detail::text as detail from audit.events where id = $1",
    [eventId],
  );
  if (!event) throw new BuildStuck("log-unsigned", LAYOUT.proof);
  // Proof and leaf are of one reading: the leaf is taken again only with another proof.
  if (parts.of(LAYOUT.proof).state !== "done" || parts.of(LAYOUT.leaf).state !== "done") {
    const { proof, leaf } = await signedProof(build, query, eventId);
    await write(LAYOUT.leaf, () => leaf);
    await write(LAYOUT.proof, () => proof);
  }
  await write(
    LAYOUT.opening,
    () => `${JSON.stringify({ v: 1, salt: event.salt.toString("hex"), detail: event.detail })}\n`,
  );
  return { at: event.at, proof: await textOf(build, parts.of(LAYOUT.proof)) };
}

async function signedProof(build: Build, query: Query, eventId: string) {
  for (const end = Date.now() + SIGNED_WITHIN_MS; ; ) {
    build.signal.throwIfAborted();
    try {
      return await proveEvent(query, eventId);
    } catch (error) {
      if (error instanceof LogStopped) throw new BuildStuck("log-unsigned", LAYOUT.proof);
      if (!(error instanceof NoProof)) throw error;
      if (Date.now() > end) throw new NotSignedYet();
      await sleep(LOOK_MS, undefined, { signal: build.signal });
    }
  }
}

async function textOf(build: Build, part: Part): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of build.reader.pieces(part.n, part.pieces ?? 0)) pieces.push(piece);
  return inflateRawSync(Buffer.concat(pieces)).toString("utf8");
}

function logOf(proof: string): { origin: string; index: number; size: number } {
  const file = parseProofFile(proof);
  const checkpoint = parseCheckpoint(file ? (parseNote(file.checkpoint)?.text ?? "") : "");
  if (!file || !checkpoint) throw new BuildStuck("log-unsigned", LAYOUT.proof);
  return { origin: checkpoint.origin, index: file.index, size: checkpoint.size };
}

function hashed(parts: readonly Part[]): { path: string; sha512: string }[] {
  return parts.map(({ path, sha512 }) => ({ path: path ?? "", sha512: sha512 ?? "" }));
}

/** Hashes the ZIP as it will be sent, which also opens every piece of it once. */
async function finish(build: Build, parts: Parts, vkey: string, manifestSha512: string): Promise<void> {
  const { name } = build.ledger;
  const entries = inPathOrder(
    parts
      .all()
      .filter(({ path, state }) => path !== null && state === "done")
      .map((part) => ({
        part,
        path: part.path ?? "",
        name: `${name}/${part.path}`,
        crc32: part.crc32 ?? 0,
        size: part.size ?? 0,
        deflated: part.deflated ?? 0,
      })),
  );
  const sha512 = createHash("sha512");
  for await (const bytes of zipBytes(entries, ({ part }) => build.reader.pieces(part.n, part.pieces ?? 0))) {
    build.signal.throwIfAborted();
    sha512.update(bytes);
  }
  await finishProduction(build.lease, {
    manifestSha512,
    zipSha512: sha512.digest("hex"),
    zipBytes: zipSize(entries),
    vkey,
  });
}
