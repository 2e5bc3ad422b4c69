import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EMPTY_EDGE, edgeRoot, edgeWidth, extendEdge, type FullTile } from "./edge.ts";
import { consistencyProof, inclusionProof, leafHash, rangeHash, rootOf, subtreeOf } from "./merkle.ts";
import {
  decodeBundle,
  encodeBundle,
  entriesPath,
  subtreeFromTiles,
  tilePath,
  tileRoot,
  tilesOf,
} from "./tiles.ts";

test.each([
  [tilePath(0, 0), "tile/0/000"],
  [tilePath(0, 1_234_067), "tile/0/x001/x234/067"],
  [tilePath(2, 0, 1), "tile/2/000.p/1"],
  [tilePath(1, 1000, 112), "tile/1/x001/000.p/112"],
  [entriesPath(273, 112), "tile/entries/273.p/112"],
  [entriesPath(999), "tile/entries/999"],
])("%s", (path, expected) => {
  expect(path).toBe(expected);
});

test("a tree of 70,000 leaves has the tiles of the specification's example", () => {
  const tiles = [...tilesOf(70_000)];
  const of = (level: number) => tiles.filter((tile) => tile.level === level);
  expect(of(0)).toHaveLength(274);
  expect(of(0).at(-1)).toEqual({ level: 0, n: 273, width: 112 });
  expect(of(1)).toEqual([
    { level: 1, n: 0, width: 256 },
    { level: 1, n: 1, width: 17 },
  ]);
  expect(of(2)).toEqual([{ level: 2, n: 0, width: 1 }]);
  expect(of(3)).toEqual([]);
});

describe("bundles", () => {
  test("come apart as they were put together", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 }), (entries) => {
        expect(decodeBundle(encodeBundle(entries))?.map((e) => e.toString("hex"))).toEqual(
          entries.map((e) => Buffer.from(e).toString("hex")),
        );
      }),
    );
  });

  test("carry 65,535 bytes and refuse one more", () => {
    expect(decodeBundle(encodeBundle([Buffer.alloc(65_535, 7)]))?.[0]).toHaveLength(65_535);
    expect(() => encodeBundle([Buffer.alloc(65_536)])).toThrow(RangeError);
  });

  test.each([[Buffer.of(0)], [Buffer.of(0, 2, 1)], [Buffer.of(0, 0, 0, 1)]])(
    "that end early are none",
    (cut) => {
      expect(decodeBundle(cut)).toBeUndefined();
    },
  );
});

const leaves = Array.from({ length: 70_000 }, (_, i) => leafHash(Buffer.from(String(i))));

/** Grows a tree in steps and keeps its full tiles, as the log does. */
function grow(steps: readonly number[]) {
  const kept = new Map<string, FullTile>();
  let edge = EMPTY_EDGE;
  for (const step of steps) {
    const grown = extendEdge(edge, leaves.slice(edge.size, edge.size + step));
    for (const tile of grown.full) {
      const key = `${tile.level}/${tile.n}`;
      expect(kept.has(key)).toBe(false);
      kept.set(key, tile);
    }
    edge = grown.edge;
  }
  return { edge, kept };
}

describe("a tree that grows at its edge", () => {
  test("has the root of the definition after every step, however long the steps are", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 12 }), (steps) => {
        const { edge } = grow(steps);
        expect(Buffer.from(edgeRoot(edge))).toEqual(Buffer.from(rootOf(leaves.slice(0, edge.size))));
      }),
      { numRuns: 30 },
    );
  });

  test("leaves the old edge as it was, so that a step can be taken back", () => {
    const { edge } = grow([300]);
    const root = Buffer.from(edgeRoot(edge)).toString("hex");
    extendEdge(edge, leaves.slice(300, 900));
    expect(Buffer.from(edgeRoot(edge)).toString("hex")).toBe(root);
  });

  test("gives the tiles of the layout, from which every proof follows", () => {
    const { edge, kept } = grow([70_000]);
    expect([...kept.keys()].sort()).toEqual(
      [...tilesOf(70_000)]
        .filter(({ width }) => width === 256)
        .map(({ level, n }) => `${level}/${n}`)
        .sort(),
    );
    expect([0, 1, 2, 3].map((level) => edge.levels[level]?.length ?? 0)).toEqual([112, 17, 1, 0]);
    expect([0, 1, 2, 3].map((level) => edgeWidth(70_000, level))).toEqual([112, 17, 1, 0]);
    const fromTiles = subtreeFromTiles((level, index) => {
      const tile = kept.get(`${level}/${Math.floor(index / 256)}`);
      const place = index % 256;
      if (tile) return tile.hashes.subarray(place * 32, place * 32 + 32);
      return edge.levels[level]?.[place] as Uint8Array;
    });
    const fromLeaves = subtreeOf(leaves);
    const hex = (hashes: readonly Uint8Array[]) => hashes.map((h) => Buffer.from(h).toString("hex"));
    expect(hex([rangeHash(0, 70_000, fromTiles)])).toEqual(hex([rootOf(leaves)]));
    for (const index of [0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999])
      expect(hex(inclusionProof(index, 70_000, fromTiles))).toEqual(
        hex(inclusionProof(index, 70_000, fromLeaves)),
      );
    for (const old of [1, 255, 256, 257, 65_536, 65_537, 69_888, 69_999, 70_000])
      expect(hex(consistencyProof(old, 70_000, fromTiles))).toEqual(
        hex(consistencyProof(old, 70_000, fromLeaves)),
      );
  });

  test("a full tile's root is the next level's hash", () => {
    const { kept } = grow([65_536]);
    const above = kept.get("1/0")?.hashes as Buffer;
    for (const n of [0, 7, 255])
      expect(tileRoot(kept.get(`0/${n}`)?.hashes as Buffer)).toEqual(above.subarray(n * 32, n * 32 + 32));
  });
});
