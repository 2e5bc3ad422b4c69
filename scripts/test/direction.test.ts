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

describe("a planted violation is seen", () => {
  const planted: [string, string, Record<string, string>][] = [
    [
      "a page that reaches the database",
      "app-keeps-its-direction",
      {
        "app/page.tsx": importing("../db/web-client.ts"),
        "db/web-client.ts": empty,
      },
    ],
    [
      "a component that reaches the server",
      "components-keeps-its-direction",
      {
        "components/a/Thing.tsx": importing("../../server/verb.ts"),
        "server/verb.ts": empty,
      },
    ],
    [
      "a component that borrows a type from the server",
      "components-keeps-its-direction",
      {
        "components/Thing.tsx": `import type { T } from "../server/verb.ts";\nexport type U = T;\n`,
        "server/verb.ts": "export type T = string;\n",
      },
    ],
    [
      "a rule that reaches the environment",
      "domain-keeps-its-direction",
      {
        "domain/rule.ts": importing("../environment/settings.ts"),
        "environment/settings.ts": empty,
      },
    ],
    [
      "a verb that reaches a page",
      "server-keeps-its-direction",
      {
        "server/verb.ts": importing("../app/page.tsx"),
        "app/page.tsx": empty,
      },
    ],
    [
      "the database that reaches a verb",
      "db-keeps-its-direction",
      {
        "db/client.ts": importing("../server/verb.ts"),
        "server/verb.ts": empty,
      },
    ],
    [
      "a verb that takes the content client",
      "content-client-only-in-disclosure",
      {
        "server/triage/peek.ts": importing("../../db/content-client.ts"),
        "db/content-client.ts": empty,
      },
    ],
    [
      "a verb that takes the content client by dynamic import",
      "content-client-only-in-disclosure",
      {
        "server/triage/peek.ts": `export const peek = () => import("../../db/content-client.ts");\n`,
        "db/content-client.ts": empty,
      },
    ],
    [
      "a job that takes the key provider",
      "keys-only-in-disclosure",
      {
        "worker/job.ts": importing("../server/disclosure/keys/keyRing.ts"),
        "server/disclosure/keys/keyRing.ts": empty,
      },
    ],
    [
      "two files in a ring",
      "no-cycles",
      {
        "server/a.ts": `${importing("./b.ts")}export const it = 1;\n`,
        "server/b.ts": `${importing("./a.ts")}export const it = 1;\n`,
      },
    ],
    ["an import of a file that is not there", "imports-resolve", { "server/a.ts": importing("./gone.ts") }],
  ];
  test.each(planted)("%s", async (_, rule, files) => {
    const { modules, violations } = await cruise(files);
    expect(modules).toBeGreaterThan(0);
    expect(violations.map((v) => v.rule)).toContain(rule);
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
