import { expect, test } from "vitest";
import { EMPTY_ROOT, leafHash, rootOf } from "./merkle.ts";
import { Peaks } from "./peaks.ts";

test("a growing tree has at every size the root that the whole tree of that size has", () => {
  const peaks = new Peaks();
  expect(peaks.root()).toEqual(EMPTY_ROOT);
  const leaves: Uint8Array[] = [];
  for (let size = 1; size <= 600; size++) {
    const leaf = leafHash(Buffer.from(`leaf ${size}`));
    leaves.push(leaf);
    peaks.push(leaf);
    expect(peaks.size).toBe(size);
    expect(Buffer.from(peaks.root()).equals(rootOf(leaves)), `size ${size}`).toBe(true);
  }
});
