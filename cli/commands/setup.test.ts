import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "../../scripts/postgres/cluster.ts";
import { removeCluster } from "../../scripts/postgres/removeCluster.ts";
import { checkDatabases } from "../../server/startup/checkDatabase.ts";

const CLI = join(import.meta.dirname, "..", "index.ts");
let folder: string;
let cluster: Cluster;

// A cluster of its own: role passwords belong to a cluster, and this command changes them.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "setup "));
  cluster = await startCluster({ dataDir: join(folder, "data"), passing: true });
});
afterAll(async () => {
  await cluster.stop();
  await removeCluster(join(folder, "data"));
  await rm(folder, { recursive: true, force: true });
});

function unseal(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

test("setup prepares an empty database, writes settings that serve, and tells no secret", async () => {
  const out = join(folder, ".env.unseal");
  const { code, output } = await unseal("setup", "--admin-url", cluster.adminUrl(), "--out", out);
  expect(output).toContain("npm start");
  expect(code).toBe(0);
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  const settings = parseEnv(await readFile(out, "utf8"));
  expect((await stat(settings.UNSEAL_KEY_FILE ?? "")).mode & 0o777).toBe(0o600);
  expect((await stat(settings.LOG_SIGNING_KEY_FILE ?? "")).mode & 0o777).toBe(0o600);
  expect(output).toMatch(/localhost:3000\/audit-log\+[0-9a-f]{8}\+/);
  const {
    DATABASE_URL: web = "",
    INTAKE_DATABASE_URL: intake = "",
    WORKER_DATABASE_URL: worker = "",
    AUDIT_DATABASE_URL: audit = "",
  } = settings;
  expect(await checkDatabases({ web, intake, worker, audit })).toEqual([]);
  for (const url of [web, intake, worker, audit]) expect(output).not.toContain(new URL(url).password);
  expect(output).not.toContain(settings.NEXTAUTH_SECRET);
  expect(JSON.stringify(settings)).not.toContain(new URL(cluster.adminUrl()).password);
});

test("setup does not overwrite; with --force it sets new passwords and keeps secret and keys", async () => {
  const out = join(folder, "again.env");
  expect((await unseal("setup", "--admin-url", cluster.adminUrl(), "--out", out)).code).toBe(0);
  const before = parseEnv(await readFile(out, "utf8"));
  const refused = await unseal("setup", "--admin-url", cluster.adminUrl(), "--out", out);
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("Nothing was changed") });
  expect(await checkDatabases({ web: before.DATABASE_URL ?? "" })).toEqual([]);

  expect((await unseal("setup", "--admin-url", cluster.adminUrl(), "--out", out, "--force")).code).toBe(0);
  const after = parseEnv(await readFile(out, "utf8"));
  expect(after.NEXTAUTH_SECRET).toBe(before.NEXTAUTH_SECRET);
  expect(after.UNSEAL_KEY_FILE).toBe(before.UNSEAL_KEY_FILE);
  expect(await checkDatabases({ web: after.DATABASE_URL ?? "" })).toEqual([]);
  expect((await checkDatabases({ web: before.DATABASE_URL ?? "" }))[0]?.what).toContain("wrong password");
});

test("a wrong administrator's password is told in words, without the password", async () => {
  const url = new URL(cluster.adminUrl());
  url.password = "hush-hush";
  const { code, output } = await unseal(
    "setup",
    "--admin-url",
    url.toString(),
    "--out",
    join(folder, "never.env"),
  );
  expect(code).toBe(1);
  expect(output).toContain("wrong password");
  expect(output).not.toContain("hush-hush");
  await expect(stat(join(folder, "never.env"))).rejects.toThrow();
});

test("an unknown command is refused, help lists what there is", async () => {
  expect((await unseal("no-such-command")).code).toBe(1);
  const help = await unseal("--help");
  expect(help).toMatchObject({ code: 0, output: expect.stringContaining("setup") });
  expect(help.output).not.toContain("cannot be loaded");
});
