import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromRandomAccessReaderPromise, RandomAccessReader } from "yauzl";
import { Blocks, deflateBlock } from "./deflate.ts";
import { type ZipPart, type ZipSegment, zipBytes, zipSegments, zipSize } from "./zip.ts";

interface Held extends ZipPart {
  readonly bytes: Uint8Array;
  readonly stream: Buffer;
}

function deflated(bytes: Uint8Array, block: number): Buffer {
  const blocks = new Blocks(block);
  const out: Buffer[] = [];
  for (const full of blocks.add(bytes)) out.push(deflateBlock(full, false));
  out.push(deflateBlock(blocks.end(), true));
  return Buffer.concat(out);
}
function part(name: string, text: string | Uint8Array): Held {
  const bytes = Buffer.from(text);
  const stream = deflated(bytes, 1000);
  return { name, bytes, stream, crc32: crc32(bytes), size: bytes.length, deflated: stream.length };
}
async function archive(parts: readonly Held[], from = 0): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zipBytes(parts, ({ stream }, skip) => [stream.subarray(skip)], from))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

const WORDS = "Placeholder text that repeats. ".repeat(200);
const PARTS = [
  part("top/bagit.txt", "BagIt-Version: 1.0\n"),
  part("top/data/empty.txt", ""),
  part("top/data/نص-😀.txt", WORDS),
];

test("blocks that were deflated one by one are one stream, whatever the pieces were", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 8 }), (pieces) => {
      const blocks = new Blocks(128);
      const out: Buffer[] = [];
      for (const piece of pieces) for (const full of blocks.add(piece)) out.push(deflateBlock(full, false));
      out.push(deflateBlock(blocks.end(), true));
      const all = Buffer.concat(pieces);
      expect(inflateRawSync(Buffer.concat(out)).equals(all)).toBe(true);
      expect(Buffer.concat(out).equals(deflated(all, 128))).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test("an archive can be had from any place in it on, and has the size that was said", async () => {
  const whole = await archive(PARTS);
  expect(whole.length).toBe(zipSize(PARTS));
  expect((await archive(PARTS)).equals(whole)).toBe(true);
  for (let from = 0; from <= whole.length; from += 7)
    expect((await archive(PARTS, from)).equals(whole.subarray(from))).toBe(true);
});

test("another program reads the archive", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "packet-zip-"));
  try {
    const file = join(folder, "a.zip");
    await writeFile(file, await archive(PARTS));
    let told: string;
    try {
      told = execFileSync("unzip", ["-t", file], { encoding: "utf8", stdio: "pipe" });
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT")
        return context.skip("no unzip here");
      throw error;
    }
    expect(told).toContain("No errors detected");
    expect(execFileSync("unzip", ["-p", file, "top/data/*.txt"], { encoding: "utf8" })).toBe(WORDS);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  ["/top/a", "below"],
  ["top/../a", "leaves"],
  ["top//a", "empty"],
  ["C:/a", "below"],
  ["~user/a", "below"],
  ["top/a\nb", "seen"],
  ["top/a\u202Eb", "seen"],
  ["top/a\\b", "write"],
  ["top/con.txt", "device"],
  ["top/a.", "blank or a dot"],
  ["top/\ud800", "half"],
  [`top/${"x".repeat(256)}`, "long"],
])("a name such as %j gets into no archive", (name, why) => {
  expect(() => [...zipSegments([part(name, "")])]).toThrow(why);
});

test("no name comes twice", () => {
  expect(() => [...zipSegments([part("a", ""), part("a", "")])]).toThrow("twice");
});

test("a part that has another length than it said breaks the archive off", async () => {
  const [one] = PARTS;
  if (!one) throw new Error("There is a part.");
  await expect(archive([{ ...one, deflated: one.deflated + 1 }])).rejects.toThrow("another length");
  await expect(archive([{ ...one, deflated: one.deflated - 1 }])).rejects.toThrow("another length");
});

describe("sizes that 32 bits cannot hold", () => {
  const GIB = 1024 ** 3;
  /** Says how long parts are, and answers any place of the archive without one byte of theirs. */
  class Unwritten extends RandomAccessReader {
    readonly #segments: readonly ZipSegment<ZipPart>[];
    constructor(parts: readonly ZipPart[]) {
      super();
      this.#segments = [...zipSegments(parts)];
    }
    get size(): number {
      const last = this.#segments.at(-1);
      return last ? last.at + last.length : 0;
    }
    override read(
      buffer: Buffer,
      offset: number,
      length: number,
      position: number,
      done: (error: Error | null) => void,
    ): void {
      for (const segment of this.#segments) {
        const from = Math.max(position, segment.at);
        const to = Math.min(position + length, segment.at + segment.length);
        if (from < to && "bytes" in segment)
          buffer.set(segment.bytes.subarray(from - segment.at, to - segment.at), offset + from - position);
      }
      setImmediate(done, null);
    }
  }
  const read = async (parts: readonly ZipPart[]) => {
    const reader = new Unwritten(parts);
    const zip = await fromRandomAccessReaderPromise(reader, reader.size, { lazyEntries: true });
    const found: { name: string; size: number; deflated: number; local: number }[] = [];
    for await (const entry of zip.eachEntry()) {
      const local = await zip.readLocalFileHeaderPromise(entry);
      expect(local.fileName.toString()).toBe(entry.fileName);
      found.push({
        name: entry.fileName,
        size: entry.uncompressedSize,
        deflated: entry.compressedSize,
        local: local.fileDataStart,
      });
    }
    return found;
  };

  test("another library finds files of more than 4 GiB, and what lies behind them", async () => {
    const parts = [
      { name: "a", crc32: 1, size: 9 * GIB, deflated: 5 * GIB },
      { name: "b", crc32: 2, size: 0xffffffff, deflated: 10 },
      { name: "c", crc32: 3, size: 1, deflated: 0xfffffffe },
    ];
    const found = await read(parts);
    expect(found.map(({ name, size, deflated }) => ({ name, size, deflated }))).toEqual(
      parts.map(({ crc32: _, ...part }) => part),
    );
    expect(found[1]?.local).toBeGreaterThan(5 * GIB);
  });

  test("and more files than 65,535", async () => {
    const parts = Array.from({ length: 65_536 }, (_, i) => ({
      name: `f${i}`,
      crc32: 0,
      size: 0,
      deflated: 2,
    }));
    const reader = new Unwritten(parts);
    const zip = await fromRandomAccessReaderPromise(reader, reader.size, { lazyEntries: true });
    expect(zip.entryCount).toBe(65_536);
  });

  test("use ZIP64 only where a number needs it", () => {
    const text = Buffer.concat([...zipSegments(PARTS)].flatMap((one) => ("bytes" in one ? [one.bytes] : [])));
    expect(text.includes(Buffer.from([0x50, 0x4b, 6, 6]))).toBe(false);
  });
});
