import { createHash, hash } from "node:crypto";
import { decodePath, nameProblem } from "../../../domain/packet/bag/names.ts";
import { BAGIT_TXT, isRecordFile } from "../../../domain/packet/bag/tagFiles.ts";
import { LAYOUT } from "../../../domain/packet/layout.ts";
import type { Findings } from "./findings.ts";
import type { OpenPacket } from "./openPacket.ts";
import { readLines, readSmall } from "./readFiles.ts";

/** What the tag files say. */
export interface Bag {
  /** SHA-512 by path, of the payload. */
  readonly payload: ReadonlyMap<string, string>;
  /** Labels of `bag-info.txt` in lower case, with the first value of each. */
  readonly info: ReadonlyMap<string, string>;
  readonly tagManifest: Buffer | undefined;
}

/** Files that lie in no manifest: what is signed cannot hold its own signature. */
const OUTSIDE: ReadonlySet<string> = new Set([
  LAYOUT.tagManifest,
  LAYOUT.signature,
  LAYOUT.note,
  LAYOUT.certificate,
]);
const REQUIRED = [
  LAYOUT.bagInfo,
  LAYOUT.manifest,
  LAYOUT.tagManifest,
  LAYOUT.certificate,
  LAYOUT.coverLetter,
  LAYOUT.index,
  LAYOUT.withheld,
  LAYOUT.redactions,
  LAYOUT.custody,
  LAYOUT.howToVerify,
  LAYOUT.records,
  LAYOUT.proof,
  LAYOUT.leaf,
  LAYOUT.opening,
] as const;
const ATTACHMENTS = "data/attachments/";

/** Reads the tag files, and says whether the bag is one and complete. Hashes of the payload are `hashPayload`'s. */
export async function readBag(packet: OpenPacket, findings: Findings): Promise<Bag> {
  const bagit = await readSmall(packet, LAYOUT.bagit, findings);
  if (bagit?.toString("utf8").replace(/\r\n?/g, "\n") !== BAGIT_TXT) findings.add("not-a-bag", LAYOUT.bagit);
  for (const path of REQUIRED) if (!packet.files.has(path)) findings.add("missing-tag-file", path);
  if (packet.files.has("fetch.txt")) findings.add("fetch-file", "fetch.txt");

  const payload = await readManifest(packet, LAYOUT.manifest, findings, true);
  const tags = await readManifest(packet, LAYOUT.tagManifest, findings, false);
  const tagManifest = await readSmall(packet, LAYOUT.tagManifest, findings);
  for (const path of [LAYOUT.bagit, LAYOUT.bagInfo, LAYOUT.manifest])
    if (!tags.has(path)) findings.add("bad-manifest", `${LAYOUT.tagManifest} does not name ${path}`);
  for (const path of packet.files.keys()) {
    const known = path.startsWith("data/") ? payload.has(path) : tags.has(path) || OUTSIDE.has(path);
    if (!known) findings.add("not-in-manifest", path);
  }
  for (const [path, sha512] of tags) {
    if (!packet.files.has(path)) findings.add("missing-file", path);
    else if ((await hashOf(packet, path, ["sha512"])).sha512 !== sha512) findings.add("hash-differs", path);
  }
  for (const path of payload.keys()) if (!packet.files.has(path)) findings.add("missing-file", path);
  return { payload, info: await readBagInfo(packet, payload, findings), tagManifest };
}

/**
 * Hashes every file of the payload.
 *
 * @returns SHA-256 of attachments by path, which the index holds too
 */
export async function hashPayload(
  packet: OpenPacket,
  { payload }: Bag,
  findings: Findings,
  onProgress: (done: number, all: number) => void,
): Promise<Map<string, string>> {
  const attachments = new Map<string, string>();
  let done = 0;
  for (const [path, sha512] of payload) {
    done += 1;
    if (!packet.files.has(path)) continue;
    const attachment = path.startsWith(ATTACHMENTS);
    const found = await hashOf(packet, path, attachment ? ["sha512", "sha256"] : ["sha512"]);
    if (found.sha512 !== sha512) findings.add("hash-differs", path);
    if (found.sha256 !== undefined) attachments.set(path, found.sha256);
    onProgress(done, payload.size);
  }
  return attachments;
}

/** Holds `data/records-sha512.txt` against the manifest: the export event names it, so it must list every record. */
export async function checkRecordsList(
  packet: OpenPacket,
  { payload }: Bag,
  findings: Findings,
): Promise<void> {
  if (!packet.files.has(LAYOUT.records)) return;
  const listed = await readManifest(packet, LAYOUT.records, findings, true);
  for (const [path, sha512] of listed)
    if (payload.get(path) !== sha512 || !isRecordFile(path)) findings.add("bad-records-list", path);
  for (const path of payload.keys())
    if (isRecordFile(path) && !listed.has(path)) findings.add("bad-records-list", path);
}

/** SHA-512 of `data/records-sha512.txt`, as the manifest gives it. */
export function recordsSha512({ payload }: Bag): string | undefined {
  return payload.get(LAYOUT.records);
}

async function hashOf(
  packet: OpenPacket,
  path: string,
  algorithms: readonly ("sha256" | "sha512")[],
): Promise<{ sha256?: string; sha512?: string }> {
  const hashes = algorithms.map((algorithm) => ({ algorithm, state: createHash(algorithm) }));
  for await (const piece of packet.read(path)) for (const { state } of hashes) state.update(piece);
  return Object.fromEntries(hashes.map(({ algorithm, state }) => [algorithm, state.digest("hex")]));
}

async function readManifest(
  packet: OpenPacket,
  manifest: string,
  findings: Findings,
  payload: boolean,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { n, bytes } of readLines(packet, manifest)) {
    const line = bytes?.toString("utf8").replace(/\r?\n$/, "") ?? "";
    const found = /^([0-9A-Fa-f]{128})[ \t]+\*?(\S.*)$/.exec(line);
    const path = decodePath(found?.[2] ?? "");
    const within = path.startsWith("data/") === payload && !/^tagmanifest-/.test(path);
    if (!found || nameProblem(path) !== null || !within || files.has(path))
      findings.add("bad-manifest", `${manifest} line ${n}`);
    else files.set(path, (found[1] ?? "").toLowerCase());
  }
  return files;
}

async function readBagInfo(
  packet: OpenPacket,
  payload: ReadonlyMap<string, string>,
  findings: Findings,
): Promise<Map<string, string>> {
  const info = new Map<string, string>();
  const bytes = await readSmall(packet, LAYOUT.bagInfo, findings);
  if (!bytes) return info;
  let last: string | undefined;
  for (const [i, line] of bytes
    .toString("utf8")
    .replace(/\r\n?/g, "\n")
    .replace(/\n$/, "")
    .split("\n")
    .entries()) {
    if (/^[ \t]/.test(line) && last !== undefined) {
      info.set(last, `${info.get(last)} ${line.trim()}`);
      continue;
    }
    const found = /^([^\s:][^:]*):[ \t](.*)$/.exec(line);
    const label = found?.[1]?.toLowerCase() ?? "";
    const once = label === "payload-oxum" || label === "bagging-date";
    if (!found || (once && info.has(label))) findings.add("bad-bag-info", `line ${i + 1}`);
    else if (!info.has(label)) info.set(label, found[2] ?? "");
    last = label;
  }
  let octets = 0;
  let files = 0;
  for (const [path, size] of packet.files) {
    if (!path.startsWith("data/")) continue;
    octets += size;
    files += 1;
  }
  if (info.get("payload-oxum") !== `${octets}.${files}` || files !== payload.size)
    findings.add("wrong-size", `there are ${octets} bytes in ${files} files`);
  if (info.get("internal-sender-identifier") !== packet.name)
    findings.add("bad-bag-info", "Internal-Sender-Identifier is not the name of the folder");
  return info;
}

/** SHA-512 in hexadecimal. */
export function sha512Of(bytes: Uint8Array): string {
  return hash("sha512", bytes, "hex");
}
