import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { leafHash } from "../../../domain/tlog/merkle.ts";
import {
  decodeBundle,
  entriesPath,
  HASH_BYTES,
  TILE_WIDTH,
  tilePath,
  tileRoot,
} from "../../../domain/tlog/tiles.ts";
import { bundleWidth, type Payload, payloadPath } from "../export/layout.ts";
import type { BundleReport, Fault, Finding } from "./findings.ts";

/**
 * Reads one bundle of leaves, the tile over it and the payloads behind it, and says what does not fit. Reads files in one
 * go and blocks: it runs in a thread of its own.
 */
export function checkBundle(folder: string, size: number, n: number): BundleReport {
  const findings: Finding[] = [];
  const width = bundleWidth(size, n);
  const base = n * TILE_WIDTH;
  const found = (fault: Fault, index: number | null, where: string) => findings.push({ fault, index, where });

  const entries = readEntries(folder, n, width, base, found);
  const hashes = Buffer.alloc(entries.length * HASH_BYTES);
  for (const [i, entry] of entries.entries()) hashes.set(leafHash(entry), i * HASH_BYTES);
  if (entries.length > 0) compareTile(folder, n, width, base, hashes, found);
  const texts = entries.map((entry) => entry.toString("latin1"));
  const payloads = checkPayloads(folder, payloadPath(n, width), base, texts, hashes, found);
  return {
    n,
    hashes,
    root: entries.length === TILE_WIDTH ? tileRoot(hashes) : null,
    findings,
    ids: idsOf(texts),
    ...payloads,
  };
}

type Found = (fault: Fault, index: number | null, where: string) => void;

function readEntries(folder: string, n: number, width: number, base: number, found: Found): Buffer[] {
  const path = entriesPath(n, width);
  const bytes = readOrNothing(folder, path);
  if (!bytes) {
    found("missing-entries", base, path);
    return [];
  }
  const entries = decodeBundle(bytes);
  if (entries?.length === width) return entries;
  found("bad-entries", base + Math.min(width, entries?.length ?? 0), path);
  return [];
}

function compareTile(
  folder: string,
  n: number,
  width: number,
  base: number,
  hashes: Buffer,
  found: Found,
): void {
  const path = tilePath(0, n, width);
  const tile = readOrNothing(folder, path);
  if (tile?.equals(hashes)) return;
  if (tile?.length !== hashes.length) {
    found(tile ? "bad-tile" : "missing-tile", base, path);
    return;
  }
  for (let i = 0; i < width; i++) {
    const at = i * HASH_BYTES;
    if (hashes.compare(tile, at, at + HASH_BYTES, at, at + HASH_BYTES) !== 0)
      found("other-leaf", base + i, entriesPath(n, width));
  }
}

// Without the quote before them, which a leaf is full of: the search is quicker. No other key ends like these.
const COMMITMENTS = [
  ["reason", 'reasonCommitment":"'],
  ["detail", 'detailCommitment":"'],
  ["ip", 'ipCommitment":"'],
  ["userAgent", 'userAgentCommitment":"'],
] as const;
const ID = 'id":"';
const SALT = /^[0-9a-f]{32}$/;

function checkPayloads(
  folder: string,
  path: string,
  base: number,
  leaves: readonly string[],
  hashes: Buffer,
  found: Found,
): { commitments: number; forgotten: number } {
  const lines = (readOrNothing(folder, path)?.toString("utf8") ?? "").split("\n");
  const seen = new Uint8Array(leaves.length);
  let commitments = 0;
  let forgotten = 0;
  for (const line of lines) {
    if (line === "") continue;
    const payload = parsePayload(line);
    const i = (payload?.index ?? -1) - base;
    const leaf = leaves[i];
    if (
      !payload ||
      leaf === undefined ||
      seen[i] ||
      !leaf.startsWith(`${payload.id}"`, leaf.indexOf(ID) + ID.length)
    ) {
      found("no-leaf", payload && Number.isSafeInteger(payload.index) ? payload.index : null, path);
      continue;
    }
    seen[i] = 1;
    const blank = COMMITMENTS.every(([of]) => payload[of] === null);
    if (payload.salt === "" && blank && COMMITMENTS.some(([, key]) => leaf.includes(key))) {
      // Nothing may erase yet: that the values were there the leaf still says, and that they are gone is a finding.
      forgotten += 1;
      found("value-removed", payload.index, path);
      continue;
    }
    // Of this length only: or the first letters of a value could be given as the last bytes of its salt.
    if (!SALT.test(payload.salt) && !(payload.salt === "" && blank)) {
      found("bad-commitment", payload.index, path);
      continue;
    }
    if (payload.leafHash !== hashes.toString("base64", i * HASH_BYTES, (i + 1) * HASH_BYTES))
      found("event-changed", payload.index, path);
    commitments += checkCommitments(payload, leaf, path, found);
  }
  for (const [i, there] of seen.entries()) if (!there) found("no-payload", base + i, path);
  return { commitments, forgotten };
}

/**
 * Quotes inside a JSON text are escaped, so that what is looked for here stands in a leaf only where it means it.
 *
 * @returns how many values are those that the leaf commits to
 */
function checkCommitments(payload: Payload, leaf: string, path: string, found: Found): number {
  const saltBytes = input.write(payload.salt, "hex");
  let held = 0;
  for (const [of, key] of COMMITMENTS) {
    const value = payload[of];
    const at = leaf.indexOf(key);
    if (value === null) {
      if (at >= 0) found("value-removed", payload.index, path);
      continue;
    }
    const digest = hash("sha256", salted(saltBytes, value), "hex");
    if (at >= 0 && leaf.startsWith(`${digest}"`, at + key.length)) held += 1;
    else found("bad-commitment", payload.index, path);
  }
  return held;
}

/** Salt and value one after the other, in one buffer for all of them: the hash is taken before anything else runs. */
let input = Buffer.alloc(16 * 1024);

function salted(saltBytes: number, value: string): Uint8Array {
  const most = saltBytes + value.length * 3;
  if (most > input.length) {
    const larger = Buffer.alloc(most * 2);
    input.copy(larger, 0, 0, saltBytes);
    input = larger;
  }
  return input.subarray(0, saltBytes + input.write(value, saltBytes, "utf8"));
}

function parsePayload(line: string): Payload | undefined {
  try {
    // Folders that were exported before leaves committed to the user agent lack it.
    const given = { userAgent: null, ...JSON.parse(line) } as Payload;
    const texts = COMMITMENTS.map(([of]) => given[of]);
    const fits =
      typeof given.id === "string" &&
      typeof given.salt === "string" &&
      texts.every((text) => text === null || typeof text === "string");
    return fits ? given : undefined;
  } catch {
    return undefined;
  }
}

/** The id of each leaf's event, as bytes. */
function idsOf(leaves: readonly string[]): Uint8Array {
  const ids = Buffer.alloc(leaves.length * 16);
  for (const [i, leaf] of leaves.entries()) {
    const at = leaf.indexOf(ID) + ID.length;
    let to = i * 16;
    if (at < ID.length) continue;
    for (const [from, end] of UUID_PARTS) to += ids.write(leaf.slice(at + from, at + end), to, "hex");
  }
  return ids;
}

/** Where the digits of a UUID stand between its hyphens. */
const UUID_PARTS = [
  [0, 8],
  [9, 13],
  [14, 18],
  [19, 23],
  [24, 36],
] as const;

function readOrNothing(folder: string, path: string): Buffer | undefined {
  try {
    return readFileSync(join(folder, path));
  } catch {
    return undefined;
  }
}
