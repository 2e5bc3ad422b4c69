import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../root.ts";

const PROMISES = Array.from({ length: 10 }, (_, i) => i + 1);

/** The ten promises of the product (SECURITY.md). Each has at least one test that is named after it. */
test.each(PROMISES)("promise %i has a test that is named after it", async (n) => {
  const named = new RegExp(String.raw`(?:describe|test)\(\s*.promise ${n}[:,]`);
  const found: string[] = [];
  for await (const path of glob("{server,db,domain,e2e,scripts}/**/*.test.ts", { cwd: ROOT })) {
    if (named.test(await readFile(join(ROOT, path), "utf8"))) found.push(path);
  }
  expect(found.length).toBeGreaterThan(0);
});
