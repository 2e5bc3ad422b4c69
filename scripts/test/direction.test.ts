import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../root.ts";

type Found = { modules: number; violations: { rule: string; from: string; to: string }[] };

let house: string;

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), "direction "));
  await cp(join(ROOT, "tsconfig.json"), join(house, "tsconfig.json"));
});
afterAll(() => rm(house, { recursive: true, force: true }));

/** Runs the tool, as `npm run check:direction` does, over a tree of a few files. */
async function cruise(files: Record<string, string>): Promise<Found> {
  const tree = await mkdtemp(join(house, "tree-"));
  await cp(join(ROOT, "tsconfig.json"), join(tree, "tsconfig.json"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(tree, name)), { recursive: true });
    await writeFile(join(tree, name), text);
  }
  const rooms = [...new Set(Object.keys(files).map((name) => name.split("/")[0] ?? ""))];
  return cruiseIn(tree, rooms);
}

function cruiseIn(folder: string, rooms: string[]): Promise<Found> {
  const tool = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const config = join(ROOT, ".dependency-cruiser.cjs");
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [tool, "--config", config, "--output-type", "json", ...rooms],
      { cwd: folder, maxBuffer: 64_000_000 },
      (error, stdout, stderr) => {
        if (!stdout) return reject(error ?? new Error(stderr));
        const { modules, summary } = JSON.parse(stdout);
        resolve({
          modules: modules.length,
          violations: summary.violations.map((v: { rule: { name: string }; from: string; to: string }) => ({
            rule: v.rule.name,
            from: v.from,
            to: v.to,
          })),
        });
      },
    );
  });
}

const empty = "export const it = 1;\n";
const importing = (path: string) => `import { it } from "${path}";\nexport const that = it;\n`;

/** Each by itself: what is planted, the rule that must see it, in which file, and the files. */
const PLANTED: [string, string, string, Record<string, string>][] = [
  [
    "a page that reaches the database",
    "app-keeps-its-direction",
    "app/a/page.tsx",
    {
      "app/a/page.tsx": importing("../../db/a.ts"),
      "db/a.ts": empty,
    },
  ],
  [
    "a component that reaches the server",
    "components-keeps-its-direction",
    "components/b/Thing.tsx",
    {
      "components/b/Thing.tsx": importing("../../server/b.ts"),
      "server/b.ts": empty,
    },
  ],
  [
    "a component that borrows a type from the server",
    "components-keeps-its-direction",
    "components/c/Thing.tsx",
    {
      "components/c/Thing.tsx": `import type { T } from "../../server/c.ts";\nexport type U = T;\n`,
      "server/c.ts": "export type T = string;\n",
    },
  ],
  [
    "a rule that reaches the environment",
    "domain-keeps-its-direction",
    "domain/d.ts",
    {
      "domain/d.ts": importing("../environment/d.ts"),
      "environment/d.ts": empty,
    },
  ],
  [
    "a verb that reaches a page",
    "server-keeps-its-direction",
    "server/e.ts",
    {
      "server/e.ts": importing("../app/e/page.tsx"),
      "app/e/page.tsx": empty,
    },
  ],
  [
    "the database that reaches a verb",
    "db-keeps-its-direction",
    "db/f.ts",
    {
      "db/f.ts": importing("../server/f.ts"),
      "server/f.ts": empty,
    },
  ],
  [
    "a verb that takes the content client",
    "content-client-only-in-disclosure",
    "server/triage/g.ts",
    {
      "server/triage/g.ts": importing("../../db/content-client.ts"),
      "db/content-client.ts": empty,
    },
  ],
  [
    "a verb that takes it by dynamic import",
    "content-client-only-in-disclosure",
    "server/triage/h.ts",
    {
      "server/triage/h.ts": `export const peek = () => import("../../db/content-client.ts");\n`,
    },
  ],
  [
    "a job that takes the key provider",
    "keys-only-in-disclosure",
    "worker/i.ts",
    {
      "worker/i.ts": importing("../server/disclosure/keys/keyRing.ts"),
      "server/disclosure/keys/keyRing.ts": empty,
    },
  ],
  [
    "two files in a ring",
    "no-cycles",
    "server/ring/a.ts",
    {
      "server/ring/a.ts": `${importing("./b.ts")}export const it = 1;\n`,
      "server/ring/b.ts": `${importing("./a.ts")}export const it = 1;\n`,
    },
  ],
  [
    "an import of a file that is not there",
    "imports-resolve",
    "server/k.ts",
    { "server/k.ts": importing("./gone.ts") },
  ],
];

describe("a planted violation is seen", () => {
  let found: Found;
  beforeAll(async () => {
    found = await cruise(Object.assign({}, ...PLANTED.map(([, , , files]) => files)));
  });
  test.each(PLANTED)("%s", (_, rule, from) => {
    expect(found.modules).toBeGreaterThan(PLANTED.length);
    expect(found.violations).toContainEqual({ rule, from, to: expect.any(String) });
  });
});

test("what is allowed is not reported", async () => {
  const { modules, violations } = await cruise({
    "app/page.tsx": importing("../server/triage/verb.ts"),
    "server/triage/verb.ts": importing("../../db/web-client.ts"),
    "db/web-client.ts": importing("../environment/settings.ts"),
    "server/disclosure/readView.ts": importing("../../db/content-client.ts"),
    "db/content-client.ts": empty,
    "environment/settings.ts": empty,
  });
  expect(modules).toBe(6);
  expect(violations).toEqual([]);
});
