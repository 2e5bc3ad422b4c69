import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const rooms = ["app", "components", "contracts", "domain", "server", "db", "worker", "cli", "scripts"];

/** Set by the build, not by an operator: Next replaces both while it bundles. */
const BUILD_TIME = /process\.env\.(NEXT_RUNTIME|NODE_ENV)\b/g;

function offenders(read: (file: string) => string, files: readonly string[]): string[] {
  return files.filter((file) =>
    /\bprocess\s*(\.|\[\s*["'`])\s*env\b|\benv\b[^;]*from "node:process"/.test(
      read(file).replace(BUILD_TIME, ""),
    ),
  );
}

test("only environment/ reads process.env", () => {
  const top = readdirSync(root).filter((name) => /\.tsx?$/.test(name) && name !== "playwright.config.ts");
  const files = rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
      .map((name) => join(room, name))
      // What arranges a test sets variables for it.
      .filter((file) => !/^(server|db)\/(.*\/)?test\//.test(file)),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(offenders((file) => readFileSync(join(root, file), "utf8"), [...top, ...files])).toEqual([]);
});

test("a planted reader is seen", () => {
  const planted: Record<string, string> = {
    "a.ts": "const x = process.env.DATABASE_URL;",
    "b.ts": `const x = process["env"];`,
    "c.ts": `import { env } from "node:process";`,
    "d.ts": "if (process.env.NODE_ENV === 'production') go(process.env.SECRET);",
    "fine.ts": "if (process.env.NEXT_RUNTIME !== 'nodejs') return;",
  };
  expect(offenders((file) => planted[file] ?? "", Object.keys(planted))).toEqual([
    "a.ts",
    "b.ts",
    "c.ts",
    "d.ts",
  ]);
});
