import { join, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { type Searched, searchCatalog, searchFile, searchFiles, searchTables } from "../canary/atRest.ts";
import { isPlanted } from "../canary/planted.ts";
import { admin } from "../support/admin.ts";
import { target } from "../target.ts";

/**
 * Promise 9, at rest. Every flag of every test carries canaries, in well-formed flags and in refused ones, through paths
 * that succeed and paths that fail. When all tests are through, not one of them may be found on the server.
 */
const ROOT = resolve(import.meta.dirname, "../..");

const nothing = ({ found }: Searched) =>
  expect([
    ...new Set(found.filter((hit) => !isPlanted(hit.canary)).map(({ where, form }) => `${where}: ${form}`)),
  ]).toEqual([]);

test("nothing rests in any table, in plain or in any encoding", async () => {
  await admin()`analyze`;
  const tables = await searchTables();
  expect(tables.places).toBeGreaterThan(25);
  expect(tables.bytes).toBeGreaterThan(500_000);
  nothing(tables);
  nothing(await searchCatalog());
});

test("nothing rests in the database's files, the server's logs or the data folder", async () => {
  await admin()`checkpoint`;
  const searched = await searchFiles(target().dataDir);
  expect(searched.places).toBeGreaterThan(500);
  expect(searched.bytes).toBeGreaterThan(30_000_000);
  nothing(searched);
  const log = { found: [], places: 1, bytes: await searchFile(target().logFile, []) };
  expect(log.bytes).toBeGreaterThan(10_000);
});

test("nothing rests in the build or in its cache", async () => {
  const searched = await searchFiles(join(ROOT, ".next"));
  expect(searched.places).toBeGreaterThan(100);
  nothing(searched);
});
