import { LAYOUT } from "../layout.ts";
import type { PacketFacts } from "../model.ts";
import { Clashes, encodePath, nameProblem } from "./names.ts";

/** The tag files of a bag, to the letter of RFC 8493. */

/** `bagit.txt`: two lines, always these. */
export const BAGIT_TXT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/** A file as manifests name it. */
export interface HashedFile {
  /** Below the bag's folder. */
  readonly path: string;
  /** SHA-512 in lower-case hexadecimal. */
  readonly sha512: string;
}

/**
 * Lines of a manifest, in the form that `sha512sum -c` takes too.
 *
 * @param within what every path must begin with: `data/` for the payload; `""` for tag files, none of which lies there
 * @throws TypeError when a name is not safe or clashes with another, a hash is none, or a file lies in the wrong place
 */
export function* manifestLines(
  files: Iterable<HashedFile>,
  within: "data/" | "",
): Generator<string, void, void> {
  const clashes = new Clashes();
  for (const { path, sha512 } of files) {
    const problem = nameProblem(path) ?? (clashes.add(path) === null ? null : "clashes with another");
    if (problem) throw new TypeError(`A name in the bag ${problem}.`);
    if (path.startsWith("data/") !== (within === "data/"))
      throw new TypeError("A file lies in the wrong place.");
    if (!/^[0-9a-f]{128}$/.test(sha512)) throw new TypeError("A hash is no SHA-512.");
    yield `${sha512}  ${encodePath(path)}\n`;
  }
}

/** Files in the order of their paths' code units: the order of manifests and of the archive. */
export function inPathOrder<File extends { readonly path: string }>(files: readonly File[]): File[] {
  return files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Which files `data/records-sha512.txt` names: the payload but itself and what belongs to the log. */
export function isRecordFile(path: string): boolean {
  return path.startsWith("data/") && path !== LAYOUT.records && !path.startsWith("data/log/");
}

/**
 * `bag-info.txt`.
 *
 * @param payload all files below `data/`
 * @param more further lines, name and value
 */
export function bagInfo(
  facts: PacketFacts,
  payload: { readonly octets: number; readonly files: number },
  more: readonly (readonly [name: string, value: string])[] = [],
): string {
  const { organisation, request, bates, tool } = facts;
  const lines: (readonly [string, string | null])[] = [
    ["Source-Organization", organisation.name],
    ["Organization-Address", organisation.address],
    ["Contact-Name", organisation.contactName],
    ["Contact-Phone", organisation.contactPhone],
    ["Contact-Email", organisation.contactEmail],
    ["External-Description", `Records produced in answer to ${request.type}, reference ${request.reference}`],
    ["Bagging-Date", facts.orderedAt.toISOString().slice(0, 10)],
    ["External-Identifier", request.reference],
    ["Bag-Size", humanSize(payload.octets)],
    ["Payload-Oxum", `${payload.octets}.${payload.files}`],
    ["Bag-Group-Identifier", request.number],
    ["Bag-Count", `${facts.volume} of ?`],
    ["Internal-Sender-Identifier", facts.packet],
    ["Internal-Sender-Description", `Volume ${facts.volume} of lawful request ${request.number}`],
    ["Production-Id", facts.productionId],
    ["Collection-Id", facts.collection.id],
    ["Collection-Digest-SHA256", facts.collection.digest],
    ["Collection-Cut-Off", facts.collection.cutOff.toISOString()],
    ["Bates-Range", bates.first && bates.last ? `${bates.first} to ${bates.last}` : "none"],
    ["Bag-Software-Agent", `${tool.name} ${tool.version}`],
    ...more,
  ];
  return lines.flatMap(([name, value]) => (value ? [`${name}: ${oneLine(value)}\n`] : [])).join("");
}

/** A value within its line: a line break in it would begin another label. */
function oneLine(value: string): string {
  return value
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
}

function humanSize(octets: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = octets;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/**
 * The text of the note that the packet's key signs: hashes of the tag manifest and of the certificate, which names that hash and
 * hence lies in no manifest.
 */
export function noteText(hashes: { readonly tagManifest: string; readonly certificate: string }): string {
  return `${hashes.tagManifest}  ${LAYOUT.tagManifest}\n${hashes.certificate}  ${LAYOUT.certificate}\n`;
}
