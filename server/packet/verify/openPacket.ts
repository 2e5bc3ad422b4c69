import { open as openFile, readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { Clashes, nameProblem } from "../../../domain/packet/bag/names.ts";
import type { Findings } from "./findings.ts";

/** A packet that is to be verified, as an archive or unpacked: its files, each to be read as often as is needed. */
export interface OpenPacket {
  /** Its folder. */
  readonly name: string;
  /** Paths below that folder, with the size that each is said to have. */
  readonly files: ReadonlyMap<string, number>;
  /** The bytes of a file, in pieces. Ends early, with a finding, when they are not what the archive says. */
  read(path: string): AsyncGenerator<Uint8Array, void, void>;
  close(): Promise<void>;
}

const MOST_FILES = 1_000_000;
/** What all files together may have, when they are so many times what lies in the archive. */
const BOMB_BYTES = 1024 ** 3;
const BOMB_RATIO = 250;
const FOLDERS_END = "/";
const [STORED, DEFLATED] = [0, 8];
/** Bytes of an entry of the directory before its name. */
const ENTRY = 46;
const UNICODE_PATH = 0x7075;

/**
 * Opens a packet. Nothing is unpacked: what an archive can do to an unpacker it cannot do here, and is told.
 *
 * @returns undefined when there is nothing that could be looked at
 * @throws an error of Node when the file cannot be read at all
 */
export async function openPacket(path: string, findings: Findings): Promise<OpenPacket | undefined> {
  if ((await stat(path)).isDirectory()) return openFolder(path, findings);
  // Asked first: the library does not say which of its errors are the disk's.
  const directory = await readDirectory(path);
  if (await isEncrypted(path)) {
    findings.add("still-encrypted", basename(path));
    return undefined;
  }
  let zip: ZipFile;
  try {
    zip = await openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    });
  } catch {
    findings.add("not-a-zip", basename(path));
    return undefined;
  }
  try {
    return await openArchive(zip, directory, findings);
  } catch {
    zip.close();
    findings.add("not-a-zip", basename(path));
    return undefined;
  }
}

/** Where the directory of an archive lies, by what stands at the archive's end. */
interface Directory {
  readonly start: number;
  readonly end: number;
  /** Whether both ends of the archive, and all that they say, agree: else unpackers may take another directory for it. */
  readonly agreed: boolean;
}

/**
 * Reads the end of an archive, which the library keeps to itself: to see that nothing lies before or behind the directory, where
 * unpackers that go by signatures find files that the count does not have. Null where nothing ends there but a comment.
 */
async function readDirectory(path: string): Promise<Directory | null> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    const end = Buffer.alloc(42);
    if (size < end.length) return null;
    await file.read(end, 0, end.length, size - end.length);
    if (end.readUInt32LE(20) !== 0x06054b50) return null;
    const [count, length, start] = [end.readUInt16LE(30), end.readUInt32LE(32), end.readUInt32LE(36)];
    const whole = end.readUInt16LE(28) === count;
    if (end.readUInt32LE(0) !== 0x07064b50)
      return { start, end: size - 22, agreed: whole && start + length === size - 22 };
    const at = Number(end.readBigUInt64LE(8));
    const large = Buffer.alloc(56);
    if (at > size - 42 - large.length) return { start, end: at, agreed: false };
    await file.read(large, 0, large.length, at);
    const [count64, length64, start64] = [32, 40, 48].map((place) => Number(large.readBigUInt64LE(place)));
    const same = (small: number, most: number, full: number | undefined) => small === most || small === full;
    return {
      start: start64 ?? start,
      end: at,
      agreed:
        whole &&
        large.readUInt32LE(0) === 0x06064b50 &&
        at + large.length === size - 42 &&
        (start64 ?? 0) + (length64 ?? 0) === at &&
        same(count, 0xffff, count64) &&
        same(length, 0xffffffff, length64) &&
        same(start, 0xffffffff, start64),
    };
  } finally {
    await file.close();
  }
}

/** Whether a file is what age or OpenPGP write, as a packet is that was encrypted to its recipient's key. */
async function isEncrypted(path: string): Promise<boolean> {
  const file = await openFile(path);
  try {
    const head = Buffer.alloc(32);
    await file.read(head, 0, head.length, 0);
    // Public-key encrypted session key, in the old and the new form of packets (RFC 9580, 4.2).
    const openPgp = head[0] === 0x84 || head[0] === 0x85 || head[0] === 0xc1;
    return openPgp || /^(age-encryption\.org\/|-----BEGIN (AGE|PGP) )/.test(head.toString("latin1"));
  } finally {
    await file.close();
  }
}

async function openArchive(
  zip: ZipFile,
  directory: Directory | null,
  findings: Findings,
): Promise<OpenPacket | undefined> {
  if (zip.entryCount > MOST_FILES) {
    findings.add("too-many-files", `${zip.entryCount} files`);
    zip.close();
    return undefined;
  }
  const entries = new Map<string, Entry>();
  const clashes = new Clashes();
  const spans: { start: number; end: number; name: string }[] = [];
  let listed = 0;
  for await (const entry of zip.eachEntry()) {
    listed += ENTRY + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
    const name = nameOf(entry);
    if (name === undefined) {
      findings.add("unsafe-name", JSON.stringify(entry.fileNameRaw.toString("latin1")));
      continue;
    }
    if (isRenamed(entry.extraFieldRaw))
      findings.add("unsafe-name", `${JSON.stringify(name)} has a second name`);
    const folder = name.endsWith(FOLDERS_END);
    const bare = folder ? name.slice(0, -1) : name;
    if (nameProblem(bare)) {
      findings.add("unsafe-name", `${JSON.stringify(name)} ${nameProblem(bare)}`);
      continue;
    }
    const start = entry.relativeOffsetOfLocalHeader;
    const header = await localHeader(zip, entry);
    if (!header) findings.add("headers-differ", name);
    spans.push({ start, end: (header ?? start) + entry.compressedSize, name });
    // A folder of its own is what many archivers write.
    if (folder) continue;
    if (clashes.add(name) !== null) {
      findings.add("clash", name);
      continue;
    }
    if (entry.isEncrypted()) findings.add("encrypted", name);
    else if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
      findings.add("strange-method", name);
    else entries.set(name, entry);
  }
  checkSpans(spans, findings);
  const last = spans.reduce((most, { end }) => Math.max(most, end), 0);
  if (directory !== null && directory.start > last + DESCRIPTOR)
    findings.add("hidden-bytes", "before the directory of the archive");
  if (directory !== null && (!directory.agreed || directory.start + listed !== directory.end))
    findings.add("hidden-bytes", "in or behind the directory of the archive");
  if (zip.comment.length > 0) findings.add("hidden-bytes", "a comment at the end of the archive");
  const [packed, whole] = [...entries.values()].reduce<[number, number]>(
    ([a, b], one) => [a + one.compressedSize, b + one.uncompressedSize],
    [0, 0],
  );
  if (whole > BOMB_BYTES && whole > packed * BOMB_RATIO) {
    findings.add("bomb", `${packed} bytes expand to ${whole}`);
    zip.close();
    return undefined;
  }
  const name = oneFolder([...entries.keys()]);
  if (name === undefined) {
    findings.add("not-one-folder", "the archive");
    zip.close();
    return undefined;
  }
  const below = new Map([...entries].map(([path, entry]) => [path.slice(name.length + 1), entry]));
  return {
    name,
    files: new Map([...below].map(([path, { uncompressedSize }]) => [path, uncompressedSize])),
    read: (path) => readEntry(zip, below.get(path), path, findings),
    close: async () => zip.close(),
  };
}

/** The name, when it is UTF-8 or ASCII and says which. */
function nameOf(entry: Entry): string | undefined {
  const utf8 = (entry.generalPurposeBitFlag & 0x0800) !== 0;
  try {
    const name = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(entry.fileNameRaw);
    const ascii = !entry.fileNameRaw.some((byte) => byte >= 0x80);
    return utf8 || ascii ? name : undefined;
  } catch {
    return undefined;
  }
}

/** Where the bytes begin, when the header before them says the same as the directory. */
async function localHeader(zip: ZipFile, entry: Entry): Promise<number | undefined> {
  const local = await zip.readLocalFileHeaderPromise(entry);
  const later = (local.generalPurposeBitFlag & 0x0008) !== 0;
  const large = (a: number, b: number) => a === b || a === 0xffffffff || (later && a === 0);
  const same =
    !isRenamed(local.extraField) &&
    local.fileName.equals(entry.fileNameRaw) &&
    local.compressionMethod === entry.compressionMethod &&
    local.generalPurposeBitFlag === entry.generalPurposeBitFlag &&
    (local.crc32 === entry.crc32 || (later && local.crc32 === 0)) &&
    large(local.compressedSize, entry.compressedSize) &&
    large(local.uncompressedSize, entry.uncompressedSize);
  return same ? local.fileDataStart : undefined;
}

/** Whether there is a second name (Info-ZIP's Unicode path, APPNOTE 4.6.9), under which some unpackers write the file. */
function isRenamed(extra: Buffer): boolean {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === UNICODE_PATH) return true;
  return false;
}

/** What may follow a file's bytes where its sizes were not known before: a descriptor, with a signature and 64-bit sizes. */
const DESCRIPTOR = 24;

function checkSpans(
  spans: readonly { start: number; end: number; name: string }[],
  findings: Findings,
): void {
  let until = 0;
  for (const { start, end, name } of spans.toSorted((a, b) => a.start - b.start)) {
    if (start < until) findings.add("overlap", name);
    else if (start > until + DESCRIPTOR || (until === 0 && start > 0))
      findings.add("hidden-bytes", `before ${name}`);
    until = Math.max(until, end);
  }
}

function oneFolder(paths: readonly string[]): string | undefined {
  const folders = new Set(paths.map((path) => path.slice(0, path.indexOf("/"))));
  const [only] = folders;
  return folders.size === 1 && only !== undefined && only !== "" ? only : undefined;
}

async function* readEntry(
  zip: ZipFile,
  entry: Entry | undefined,
  path: string,
  findings: Findings,
): AsyncGenerator<Uint8Array, void, void> {
  if (!entry) return;
  let crc = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      crc = crc32(piece, crc);
      yield piece;
    }
  } catch {
    findings.add("damaged-file", path);
    return;
  }
  if (crc !== entry.crc32) findings.add("damaged-file", path);
}

async function openFolder(path: string, findings: Findings): Promise<OpenPacket> {
  const files = new Map<string, number>();
  const clashes = new Clashes();
  const walk = async (below: string): Promise<void> => {
    for (const one of await readdir(join(path, below), { withFileTypes: true })) {
      const name = below === "" ? one.name : `${below}/${one.name}`;
      if (nameProblem(name)) findings.add("unsafe-name", `${JSON.stringify(name)} ${nameProblem(name)}`);
      else if (one.isDirectory()) await walk(name);
      else if (!one.isFile()) findings.add("not-a-file", name);
      else if (clashes.add(name) !== null) findings.add("clash", name);
      else files.set(name, (await stat(join(path, name))).size);
    }
  };
  await walk("");
  return {
    name: basename(resolve(path)),
    files,
    read: (name) => readFromDisk(join(path, name), name, findings),
    close: async () => {},
  };
}

async function* readFromDisk(
  path: string,
  name: string,
  findings: Findings,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    const file = await openFile(path);
    yield* file.createReadStream({ highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
  } catch {
    findings.add("damaged-file", name);
  }
}
