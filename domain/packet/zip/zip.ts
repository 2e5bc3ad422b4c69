import { nameProblem } from "../bag/names.ts";

/**
 * ZIP (PKWARE APPNOTE 6.3.10) over parts that are deflated already, as a pure function of them: sizes and checksums stand
 * before the data, times are fixed, names are UTF-8, ZIP64 is used where a number needs it and nowhere else. See
 * `docs/decisions/0016-packets-are-parts.md` for why no library does it.
 */
export interface ZipPart {
  /** Path within the archive, `/` between folders. */
  readonly name: string;
  readonly crc32: number;
  /** Bytes as they are. */
  readonly size: number;
  /** Bytes as a raw DEFLATE stream, which is how they are given. */
  readonly deflated: number;
}

/** A stretch of the archive: bytes of ours, or the deflated bytes of a part. `at` is where it begins. */
export type ZipSegment<Part extends ZipPart> =
  | { readonly at: number; readonly length: number; readonly bytes: Uint8Array }
  | { readonly at: number; readonly length: number; readonly part: Part };

const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;
const PLAIN = 20;
const ZIP64 = 45;
/** Names are UTF-8 (bit 11); nothing follows the data (bit 3 is not set). */
const FLAGS = 0x0800;
const DEFLATED = 8;
const UNIX = 3;
/** A plain file that everybody may read and its owner write. */
const MODE = 0o100644;
/** 1980-01-01 00:00, the first moment that the format knows. */
const DATE = 0x0021;
const TIME = 0;

/**
 * The archive, stretch by stretch.
 *
 * @param parts in the order in which they are to lie, as often as it is asked for: it is walked twice
 * @throws TypeError when a name is not safe, comes twice, or a number is none that the format can hold
 */
export function* zipSegments<Part extends ZipPart>(
  parts: Iterable<Part>,
): Generator<ZipSegment<Part>, void, void> {
  const seen = new Set<string>();
  let at = 0;
  for (const part of parts) {
    check(part, seen);
    const header = localHeader(part);
    yield { at, length: header.length, bytes: header };
    at += header.length;
    yield { at, length: part.deflated, part };
    at += part.deflated;
  }
  const start = at;
  let offset = 0;
  let count = 0;
  for (const part of parts) {
    const entry = centralEntry(part, offset);
    yield { at, length: entry.length, bytes: entry };
    at += entry.length;
    offset += localLength(part) + part.deflated;
    count += 1;
  }
  if (offset !== start || count !== seen.size) throw new TypeError("The parts changed while they were read.");
  const end = endOfCentralDirectory(count, start, at - start);
  yield { at, length: end.length, bytes: end };
}

/** How many bytes the whole archive has. */
export function zipSize(parts: Iterable<ZipPart>): number {
  let size = 0;
  for (const { at, length } of zipSegments(parts)) size = at + length;
  return size;
}

/**
 * The archive as bytes, from a place in it on: what a download that broke off asks for.
 *
 * @param bytesOf the deflated bytes of a part, from a place in them on
 * @throws TypeError when a part has another length than was said
 */
export async function* zipBytes<Part extends ZipPart>(
  parts: Iterable<Part>,
  bytesOf: (part: Part, from: number) => AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  from = 0,
): AsyncGenerator<Uint8Array, void, void> {
  for (const segment of zipSegments(parts)) {
    if (segment.at + segment.length <= from) continue;
    const skip = Math.max(0, from - segment.at);
    if ("bytes" in segment) {
      yield segment.bytes.subarray(skip);
      continue;
    }
    let left = segment.length - skip;
    for await (const bytes of bytesOf(segment.part, skip)) {
      left -= bytes.length;
      if (left < 0) break;
      yield bytes;
    }
    if (left !== 0) throw new TypeError("A part has another length than it was said to have.");
  }
}

function check(part: ZipPart, seen: Set<string>): void {
  const problem = nameProblem(part.name);
  if (problem) throw new TypeError(`A name in the archive ${problem}.`);
  if (seen.has(part.name)) throw new TypeError("A name in the archive comes twice.");
  seen.add(part.name);
  for (const n of [part.size, part.deflated])
    if (!Number.isSafeInteger(n) || n < 0)
      throw new TypeError("A size in the archive is no number of bytes.");
}

function isLarge(part: ZipPart): boolean {
  return part.size >= MAX_32 || part.deflated >= MAX_32;
}

function localLength(part: ZipPart): number {
  return 30 + Buffer.byteLength(part.name) + (isLarge(part) ? 20 : 0);
}

function localHeader(part: ZipPart): Buffer {
  const name = Buffer.from(part.name);
  const large = isLarge(part);
  const out = Buffer.alloc(localLength(part));
  out.writeUInt32LE(0x04034b50, 0);
  out.writeUInt16LE(large ? ZIP64 : PLAIN, 4);
  common(out, 6, part, large);
  out.writeUInt16LE(name.length, 26);
  out.writeUInt16LE(large ? 20 : 0, 28);
  name.copy(out, 30);
  if (large) extra(out, 30 + name.length, [part.size, part.deflated]);
  return out;
}

function centralEntry(part: ZipPart, offset: number): Buffer {
  const name = Buffer.from(part.name);
  const large = isLarge(part);
  const far = offset >= MAX_32;
  const more = [...(large ? [part.size, part.deflated] : []), ...(far ? [offset] : [])];
  const extraLength = more.length === 0 ? 0 : 4 + 8 * more.length;
  const out = Buffer.alloc(46 + name.length + extraLength);
  const version = more.length === 0 ? PLAIN : ZIP64;
  out.writeUInt32LE(0x02014b50, 0);
  out.writeUInt16LE((UNIX << 8) | version, 4);
  out.writeUInt16LE(version, 6);
  common(out, 8, part, large);
  out.writeUInt16LE(name.length, 28);
  out.writeUInt16LE(extraLength, 30);
  out.writeUInt32LE((MODE << 16) >>> 0, 38);
  out.writeUInt32LE(far ? MAX_32 : offset, 42);
  name.copy(out, 46);
  if (more.length > 0) extra(out, 46 + name.length, more);
  return out;
}

/** Flags, method, time, date, checksum and sizes, which stand alike in both headers. */
function common(out: Buffer, at: number, part: ZipPart, large: boolean): void {
  out.writeUInt16LE(FLAGS, at);
  out.writeUInt16LE(DEFLATED, at + 2);
  out.writeUInt16LE(TIME, at + 4);
  out.writeUInt16LE(DATE, at + 6);
  out.writeUInt32LE(part.crc32 >>> 0, at + 8);
  out.writeUInt32LE(large ? MAX_32 : part.deflated, at + 12);
  out.writeUInt32LE(large ? MAX_32 : part.size, at + 16);
}

/** ZIP64 extended information (APPNOTE 4.5.3). */
function extra(out: Buffer, at: number, numbers: readonly number[]): void {
  out.writeUInt16LE(0x0001, at);
  out.writeUInt16LE(8 * numbers.length, at + 2);
  for (const [i, n] of numbers.entries()) out.writeBigUInt64LE(BigInt(n), at + 4 + 8 * i);
}

function endOfCentralDirectory(count: number, start: number, length: number): Buffer {
  const large = count >= MAX_16 || start >= MAX_32 || length >= MAX_32;
  const out = Buffer.alloc((large ? 56 + 20 : 0) + 22);
  let at = 0;
  if (large) {
    out.writeUInt32LE(0x06064b50, 0);
    out.writeBigUInt64LE(44n, 4);
    out.writeUInt16LE((UNIX << 8) | ZIP64, 12);
    out.writeUInt16LE(ZIP64, 14);
    out.writeBigUInt64LE(BigInt(count), 24);
    out.writeBigUInt64LE(BigInt(count), 32);
    out.writeBigUInt64LE(BigInt(length), 40);
    out.writeBigUInt64LE(BigInt(start), 48);
    out.writeUInt32LE(0x07064b50, 56);
    out.writeBigUInt64LE(BigInt(start + length), 64);
    out.writeUInt32LE(1, 72);
    at = 76;
  }
  out.writeUInt32LE(0x06054b50, at);
  out.writeUInt16LE(Math.min(count, MAX_16), at + 8);
  out.writeUInt16LE(Math.min(count, MAX_16), at + 10);
  out.writeUInt32LE(Math.min(length, MAX_32), at + 12);
  out.writeUInt32LE(Math.min(start, MAX_32), at + 16);
  return out;
}
