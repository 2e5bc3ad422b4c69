import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  consistencyProof,
  EMPTY_ROOT,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  subtreeOf,
  verifyConsistency,
  verifyInclusion,
} from "./merkle.ts";

/** The entries of RFC 6962's test tree, as transparency-dev and others use it. */
const ENTRIES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const LEAVES = ENTRIES.map((hex) => leafHash(Buffer.from(hex, "hex")));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** RFC 6962 §2.1 word for word, with no code of ours. */
function naive(entries: readonly Uint8Array[]): Buffer {
  const sha = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
  if (entries.length === 0) return sha();
  if (entries.length === 1) return sha(Buffer.of(0), entries[0] as Uint8Array);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha(Buffer.of(1), naive(entries.slice(0, k)), naive(entries.slice(k)));
}

describe("the tree of RFC 6962", () => {
  test.each(ROOTS.map((root, size) => [size, root] as const))(
    "has this root with %i leaves",
    (size, root) => {
      expect(hex(rootOf(LEAVES.slice(0, size)))).toBe(root);
    },
  );

  test("the proof that leaf 2 is in the tree of 3 is the root of the first two", () => {
    expect(inclusionProof(2, 3, subtreeOf(LEAVES)).map(hex)).toEqual([ROOTS[2]]);
  });

  test("of every size to 300, every root is that of the definition, and every proof holds for its own tree only", () => {
    const entries = Array.from({ length: 300 }, (_, i) => Buffer.from(`entry ${i}`));
    const leaves = entries.map(leafHash);
    const subtree = subtreeOf(leaves);
    const roots = entries.map((_, i) => naive(entries.slice(0, i + 1)));
    const root = (size: number) => roots[size - 1] as Buffer;
    for (let size = 1; size <= 300; size++) {
      expect(hex(rootOf(leaves.slice(0, size)))).toBe(hex(root(size)));
      // Every index of small trees, a spread of large ones.
      for (let index = 0; index < size; index += size < 40 ? 1 : 13) {
        const proof = inclusionProof(index, size, subtree);
        const leaf = leaves[index] as Buffer;
        expect(verifyInclusion(leaf, index, size, proof, root(size))).toBe(true);
        expect(verifyInclusion(leaf, index + 1, size, proof, root(size))).toBe(false);
        if (size > 1) expect(verifyInclusion(leaf, index, size, proof, root(size - 1))).toBe(false);
      }
      for (let old = 1; old <= size; old += size < 40 ? 1 : 11) {
        const proof = consistencyProof(old, size, subtree);
        expect(verifyConsistency(old, size, root(old), root(size), proof)).toBe(true);
        if (old > 1) expect(verifyConsistency(old, size, root(old - 1), root(size), proof)).toBe(false);
      }
    }
  });
});

describe("proofs of trees that nobody chose", () => {
  const tree = fc
    .array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 700 })
    .map((entries) => entries.map(leafHash));
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const at = (share: number, count: number) => Math.floor(share * count);

  test("hold", () => {
    fc.assert(
      fc.property(tree, place, place, (leaves, one, two) => {
        const subtree = subtreeOf(leaves);
        const size = leaves.length;
        const index = at(one, size);
        const old = at(two, size) + 1;
        const root = rootOf(leaves);
        expect(
          verifyInclusion(leaves[index] as Buffer, index, size, inclusionProof(index, size, subtree), root),
        ).toBe(true);
        expect(
          verifyConsistency(
            old,
            size,
            rootOf(leaves.slice(0, old)),
            root,
            consistencyProof(old, size, subtree),
          ),
        ).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("do not hold any more when one bit of them, of the leaf or of a root is turned", () => {
    fc.assert(
      fc.property(
        tree,
        place,
        place,
        place,
        fc.integer({ min: 0, max: 255 }),
        (leaves, one, two, which, bit) => {
          const subtree = subtreeOf(leaves);
          const size = leaves.length;
          const index = at(one, size);
          const old = at(two, size) + 1;
          const turned = (parts: readonly Uint8Array[]) => {
            const copy = parts.map((part) => Buffer.from(part));
            const victim = copy[at(which, copy.length)] as Buffer;
            victim[bit >> 3] = (victim[bit >> 3] as number) ^ (1 << (bit & 7));
            return copy;
          };
          const [leaf, root, ...path] = turned([
            leaves[index] as Buffer,
            rootOf(leaves),
            ...inclusionProof(index, size, subtree),
          ]) as [Buffer, Buffer, ...Buffer[]];
          expect(verifyInclusion(leaf, index, size, path, root)).toBe(false);
          const [oldRoot, newRoot, ...steps] = turned([
            rootOf(leaves.slice(0, old)),
            rootOf(leaves),
            ...consistencyProof(old, size, subtree),
          ]) as [Buffer, Buffer, ...Buffer[]];
          expect(verifyConsistency(old, size, oldRoot, newRoot, steps)).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("do not hold when a hash is missing, added or moved", () => {
    fc.assert(
      fc.property(tree, place, (leaves, one) => {
        const size = leaves.length;
        const index = at(one, size);
        const root = rootOf(leaves);
        const leaf = leaves[index] as Buffer;
        const proof = inclusionProof(index, size, subtreeOf(leaves));
        const holds = (path: Uint8Array[]) => verifyInclusion(leaf, index, size, path, root);
        expect(holds([...proof, leaf])).toBe(false);
        expect(holds([leaf, ...proof])).toBe(false);
        if (proof.length > 0) expect(holds(proof.slice(1))).toBe(false);
        if (proof.length > 0) expect(holds(proof.slice(0, -1))).toBe(false);
        if (proof.length > 1 && hex(proof[0] as Buffer) !== hex(proof[1] as Buffer))
          expect(holds([proof[1] as Buffer, proof[0] as Buffer, ...proof.slice(2)])).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});

describe("what no proof can show", () => {
  const leaf = LEAVES[0] as Buffer;
  test.each([
    ["an index beyond the tree", 1, 1],
    ["a negative index", -1, 1],
    ["half an index", 0.5, 1],
    ["a size beyond counting", 0, 2 ** 60],
    ["an empty tree", 0, 0],
  ])("%s", (_, index, size) => {
    expect(verifyInclusion(leaf, index, size, [], leaf)).toBe(false);
    if (size < 2 ** 53) expect(() => inclusionProof(index, size, subtreeOf(LEAVES))).toThrow(RangeError);
  });

  test("a hash of another length", () => {
    expect(verifyInclusion(leaf.subarray(1), 0, 1, [], leaf.subarray(1))).toBe(false);
    const short = leaf.subarray(1);
    expect(verifyInclusion(leaf, 0, 2, [short], nodeHash(leaf, short))).toBe(false);
  });

  test("that an empty tree was a beginning, or that a tree shrank", () => {
    expect(verifyConsistency(0, 1, EMPTY_ROOT, leaf, [])).toBe(false);
    expect(verifyConsistency(2, 1, leaf, leaf, [])).toBe(false);
    expect(() => consistencyProof(0, 1, subtreeOf(LEAVES))).toThrow(RangeError);
  });

  test("that a tree is itself, with steps", () => {
    expect(verifyConsistency(1, 1, leaf, leaf, [])).toBe(true);
    expect(verifyConsistency(1, 1, leaf, leaf, [leaf])).toBe(false);
  });
});

/** 98 + 98 cases of transparency-dev/merkle (Apache-2.0), where the folder of shared formats lies beside the checkout. */
const SHARED = join(import.meta.dirname, "../../../shared/formats/merkle-testvectors.json");
type Case = { desc: string; wantErr: boolean; proof: string[] | null; _file: string } & Record<
  string,
  unknown
>;

describe.skipIf(!existsSync(SHARED))(
  `the cases of transparency-dev/merkle${existsSync(SHARED) ? "" : ` (not run: ${SHARED} is not there)`}`,
  () => {
    const cases = (kind: "inclusion" | "consistency"): Case[] =>
      existsSync(SHARED) ? JSON.parse(readFileSync(SHARED, "utf8"))[kind] : [];
    const bytes = (text: unknown) => Buffer.from(String(text ?? ""), "base64");
    const numbers = (given: Case, ...keys: string[]) => keys.map((key) => Number(given[key]));

    test("there are 98 of each", () => {
      expect([cases("inclusion").length, cases("consistency").length]).toEqual([98, 98]);
    });

    test.each(cases("inclusion").map((given) => [given._file, given] as const))("%s", (_, given) => {
      const [index = -1, size = -1] = numbers(given, "leafIdx", "treeSize");
      const proof = (given.proof ?? []).map(bytes);
      expect(verifyInclusion(bytes(given.leafHash), index, size, proof, bytes(given.root))).toBe(
        !given.wantErr,
      );
    });

    test.each(cases("consistency").map((given) => [given._file, given] as const))("%s", (_, given) => {
      const [old = -1, size = -1] = numbers(given, "size1", "size2");
      const proof = (given.proof ?? []).map(bytes);
      expect(verifyConsistency(old, size, bytes(given.root1), bytes(given.root2), proof)).toBe(
        !given.wantErr,
      );
    });
  },
);
