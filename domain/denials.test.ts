import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DATABASE_DENIAL_CODES, DENIALS, isDenialCode } from "./denials.ts";

const FUNCTIONS = join(import.meta.dirname, "../db/sql/functions");

/** Codes that the database answers staff with. The platforms' door has words of its own (contracts/intake). */
async function codesInSql(): Promise<Set<string>> {
  const codes = new Set<string>();
  for (const name of await readdir(FUNCTIONS)) {
    if (!name.endsWith(".sql") || name.startsWith("40_intake")) continue;
    const sql = (await readFile(join(FUNCTIONS, name), "utf8")).replaceAll(/--.*$/gm, "");
    const spoken = [
      ...sql.matchAll(/'code', '([a-z-]+)'/g),
      ...sql.matchAll(/\b(?:v_)?code := '([a-z-]+)'/g),
      ...sql.matchAll(/audit\.denied\(\s*\w+,\s*'[^']+',\s*'([a-z-]+)'/g),
      // The arms of a case expression that works out a code: every code but the bare words has a hyphen.
      ...sql.matchAll(/\b(?:then|else) '([a-z]+(?:-[a-z]+)+)'/g),
    ];
    for (const [, code] of spoken) if (code) codes.add(code);
  }
  return codes;
}

test("the list of refusals is the database's, both ways", async () => {
  const spoken = await codesInSql();
  expect(spoken.size).toBeGreaterThan(20);
  expect([...spoken].sort()).toEqual([...DATABASE_DENIAL_CODES].sort());
});

test("every refusal says what happened and what to do, in words that carry nothing of the request", () => {
  for (const [code, { status, title, detail }] of Object.entries(DENIALS)) {
    expect(status, code).toBeGreaterThanOrEqual(400);
    expect(status, code).toBeLessThan(600);
    expect(title.length, code).toBeGreaterThan(8);
    expect(detail, code).toMatch(/\.$/);
    expect(`${title}${detail}`, code).not.toMatch(/[{}$<>%]/);
  }
});

test("a word that an object inherits is no code", () => {
  expect(isDenialCode("wrong-role")).toBe(true);
  expect(isDenialCode("constructor")).toBe(false);
  expect(isDenialCode("__proto__")).toBe(false);
  expect(isDenialCode(undefined)).toBe(false);
});
