import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Blocks, deflateBlock } from "./deflate.ts";
import { type ZipPart, zipBytes, zipSegments, zipSize } from "./zip.ts";

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
