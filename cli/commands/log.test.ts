import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LogWorld, logWorld } from "../../server/tlog/test/logWorld.ts";

const CLI = join(import.meta.dirname, "..", "index.ts");
let world: LogWorld;
beforeAll(async () => {
  world = await logWorld();
});
afterAll(() => world.close());

/** With the settings of the log's commands and no others. */
function unseal(...args: string[]): Promise<{ code: number; output: string }> {
  const env = {
    PATH: process.env.PATH,
    INIT_CWD: world.folder,
    AUDIT_DATABASE_URL: world.urls.audit,
    LOG_SIGNING_KEY_FILE: world.keyFile,
  } as unknown as NodeJS.ProcessEnv;
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, "log", ...args], { cwd: world.folder, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

const acts = async () =>
  (await world.admin`select action from audit.events where action like 'log.%' order by id`).map(
    (row) => row.action,
  );

test("status, keys, export, proof and strict mode: each says what it did, and each act is an event", async () => {
  expect(await unseal("export", "out")).toMatchObject({
    code: 1,
    output: expect.stringContaining("Nothing is signed yet"),
  });
  const one = world.sequencer();
  await world.events(300);
  await world.settled();

  const status = await unseal("status");
  expect(status.output).toMatch(/log {8}301 leaves, signed /);
  expect(status).toMatchObject({ code: 0, output: expect.stringContaining(world.vkey) });

  expect(await unseal("export", "out")).toMatchObject({
    code: 0,
    output: expect.stringContaining("301 leaves, 301 of them new"),
  });
  expect((await stat(join(world.folder, "out", "checkpoint"))).mode & 0o777).toBe(0o600);
  await world.settled();
  expect((await unseal("export", "out")).output).toContain("302 leaves, 1 of them new");
  expect((await unseal("verify", "out", "--vkey", world.vkey)).output).toContain("SOUND");

  const [event] = await world.admin`select event_id as id from audit.leaves where log_index = 7`;
  const proved = await unseal("prove", event?.id);
  expect(proved.output).toContain("leaf 7 of 30");
  expect((await unseal("verify", `${event?.id}.tlog-proof`, "--vkey", world.vkey)).output).toContain(
    "at place 7",
  );
  expect(await unseal("prove", event?.id)).toMatchObject({
    code: 1,
    output: expect.stringContaining("exists"),
  });
  expect(await unseal("prove", "words")).toMatchObject({
    code: 1,
    output: expect.stringContaining("by its id"),
  });

  expect((await unseal("strict", "on")).output).toContain("waits until the record of it is signed");
  expect((await unseal("status")).output).toContain("strict     on");
  expect(await unseal("strict", "perhaps")).toMatchObject({ code: 1 });
  expect((await unseal("strict", "off")).code).toBe(0);

  expect((await unseal("key", "rotate")).output).toContain("Both keys sign from now on");
  await world.events(1);
  await world.settled();
  expect((await unseal("key", "rotate", "--drop-old")).output).toContain(`ended: ${world.vkey}`);
  expect(await unseal("key", "new", "--origin", "other.example.org", "--out", "other.json")).toMatchObject({
    code: 1,
    output: expect.stringContaining("has a key already"),
  });
  await one.stop();
  expect(await acts()).toEqual([
    "log.key_added",
    "log.exported",
    "log.exported",
    "log.proved",
    "log.strict_changed",
    "log.strict_changed",
    "log.key_added",
    "log.key_ended",
  ]);
}, 180_000);
