import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningNcmec, startNcmec } from "../../scripts/ncmec/startNcmec.ts";
import { makeWorld, type World } from "../../server/test/world.ts";

const CLI = join(import.meta.dirname, "..", "index.ts");
const PASSWORD = "a password that is told nobody";
let world: World;
let ncmec: RunningNcmec;
let folder: string;

beforeAll(async () => {
  world = await makeWorld();
  folder = await mkdtemp(join(tmpdir(), "cybertip-"));
  await writeFile(join(folder, "empty.env"), "", { mode: 0o600 });
  ncmec = await startNcmec({ folder: join(folder, "ncmec"), username: "esp", password: PASSWORD });
});
afterAll(async () => {
  await ncmec.stop();
  await world.end();
  await rm(folder, { recursive: true });
});

function unseal(words: string[], input = ""): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [CLI, "--env-file", join(folder, "empty.env"), "cybertip", ...words],
      { cwd: folder, env: { ...process.env, ADMIN_DATABASE_URL: world.adminUrl } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
    child.stdin?.end(input);
  });
}

test("off until everything is there, and the password is shown nowhere", { timeout: 90_000 }, async () => {
  const first = await unseal(["status"]);
  expect(first.output).toMatch(/environment +test\n/);
  expect(first.output).toMatch(/live submission +off\n/);
  expect((await unseal(["live", "on"])).output).toContain("needs user name, password and reporter");

  const reporter = join(folder, "reporter.json");
  await writeFile(reporter, JSON.stringify({ reportingPerson: { firstName: "Nobody" } }));
  const refused = await unseal(["configure", "--reporter", reporter]);
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("/reporter/reportingPerson");
  await writeFile(
    reporter,
    JSON.stringify({ reportingPerson: { email: [{ value: "safety@example.org" }] } }),
  );

  const place = ["--environment", "local", "--base", ncmec.base, "--username", "esp"];
  expect((await unseal(["configure", "--base", ncmec.base])).output).toContain("Only the local environment");
  expect(
    (await unseal(["configure", "--environment", "local", "--base", "http://192.0.2.1/ispws"])).output,
  ).toContain("on this machine");
  const set = await unseal(
    ["configure", ...place, "--reporter", reporter, "--password-file", "-"],
    `${PASSWORD}\n`,
  );
  expect(set.output).toMatch(/password +set\n/);
  expect(set.output).not.toContain(PASSWORD);

  const check = await unseal(["check"]);
  expect(check).toMatchObject({ code: 0 });
  expect(check.output).toContain("the service knows us");
  expect(check.output).toContain("schema 2025-11: the service's is the same");
  expect((await unseal(["live", "on"])).output).toBe("Live submission is on.\n");

  // Credentials belong to their environment.
  const moved = await unseal(["configure", "--environment", "test"]);
  expect(moved.output).toMatch(/live submission +off\nuser name +not set\npassword +not set\n/);
  expect((await unseal(["check"])).output).toContain("No credentials are set");
  const rows =
    await world.admin`select k.* from sealed.thread_keys k join cybertip.settings s on s.secret_id = k.thread_id`;
  expect(rows).toHaveLength(0);
  expect((await unseal(["settle", "1", "filed", "--reason", "A call"])).output).toContain("unsettled");

  const events =
    await world.admin`select action, actor_kind from audit.events where action like 'cybertip.%' order by id`;
  expect(events.map((one) => one.action)).toEqual([
    "cybertip.settings_changed",
    "cybertip.schema_checked",
    "cybertip.live_enabled",
    "cybertip.settings_changed",
  ]);
});

test("a service that does not know us, and one whose schema has moved on", { timeout: 60_000 }, async () => {
  const newer = await startNcmec({
    folder: join(folder, "newer"),
    username: "esp",
    password: PASSWORD,
    version: "2026-08",
  });
  try {
    const place = [
      "--environment",
      "local",
      "--base",
      newer.base,
      "--username",
      "esp",
      "--password-file",
      "-",
    ];
    await unseal(["configure", ...place], "another password\n");
    const unknown = await unseal(["check"]);
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.output).toContain("refuses us (2000)");
    await unseal(["configure", ...place], `${PASSWORD}\n`);
    const check = await unseal(["check"]);
    expect(check.output).toContain("which may be left out");
    expect(check.output).toContain("ageAssertionDiscrepancy");
    expect((await unseal(["status"])).output).toMatch(/schema compared +.*additions/);
  } finally {
    await newer.stop();
  }
});
