import { glob } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../root.ts";
import { AFTERWARDS, LANES } from "./lanes.ts";

test("no folder of browser tests is left out, and none runs twice", async () => {
  const folders = new Set<string>();
  for await (const path of glob("e2e/*/**/*.test.ts", { cwd: join(ROOT) }))
    folders.add(path.split("/")[1] as string);
  expect([...LANES.flat(), AFTERWARDS].sort()).toEqual([...folders].sort());
});
