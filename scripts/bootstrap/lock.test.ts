import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tryLock } from "./lock.mjs";

const MODULE = pathToFileURL(join(import.meta.dirname, "lock.mjs")).href;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock "));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a lock has one holder, who can release it", () => {
  const file = join(folder, "a.lock");
  const mine = tryLock(file);
  expect(mine).toHaveProperty("release");
  expect(tryLock(file)).toEqual({ holder: process.pid });
  if ("release" in mine) mine.release();
  expect(tryLock(file)).toHaveProperty("release");
});

test("a lock of a process that is gone is taken over", async () => {
  const file = join(folder, "b.lock");
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  await writeFile(file, String(pid));
  expect(tryLock(file)).toHaveProperty("release");
  expect(await readFile(file, "utf8")).toBe(String(process.pid));
});

test("a holder that is killed outright leaves a lock that is taken over", async () => {
  const file = join(folder, "c.lock");
  const script = `const { tryLock } = await import(${JSON.stringify(MODULE)}); tryLock(process.argv[1]); console.log("held"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  expect(tryLock(file)).toEqual({ holder: child.pid });
  child.kill("SIGKILL");
  await once(child, "close");
  expect(tryLock(file)).toHaveProperty("release");
});

test("of many who find a dead holder, never two hold the lock at once", async () => {
  const file = join(folder, "d.lock");
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  await writeFile(file, String(pid));
  const log = join(folder, "log");
  await writeFile(log, "");
  const script = `
    const { withLock } = await import(${JSON.stringify(MODULE)});
    const { appendFileSync } = await import("node:fs");
    for (let i = 0; i < 5; i++) await withLock(process.argv[1], () => {}, async () => {
      appendFileSync(process.argv[2], "in\\n");
      await new Promise((done) => setTimeout(done, 3));
      appendFileSync(process.argv[2], "out\\n");
    });`;
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", script, file, log], {
      stdio: ["ignore", "inherit", "inherit"],
    }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, "close"))[0]));
  expect(codes).toEqual([0, 0, 0, 0]);
  const lines = (await readFile(log, "utf8")).trim().split("\n");
  expect(lines).toHaveLength(40);
  expect(lines.every((line, i) => line === (i % 2 === 0 ? "in" : "out"))).toBe(true);
}, 180_000);
