import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "./cluster.ts";
import { removeCluster } from "./removeCluster.ts";
import { readState } from "./state.ts";

let dataDir: string;
let cluster: Cluster;

beforeAll(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), "cluster ")), "data dir");
  cluster = await startCluster({ dataDir, passing: true });
});
afterAll(async () => {
  await cluster.stop();
  await removeCluster(dataDir);
  await rm(dirname(dataDir), { recursive: true });
});

async function ask<Row extends object>(url: string, question: string): Promise<Row | undefined> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} });
  try {
    const [row] = await sql.unsafe<Row[]>(question);
    return row;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

test("listens on this machine only, without a socket, and lets nobody in without the password", async () => {
  const setting = (name: string) =>
    ask<{ value: string }>(cluster.adminUrl(), `select current_setting('${name}') as value`);
  expect((await setting("listen_addresses"))?.value).toBe("127.0.0.1");
  expect((await setting("unix_socket_directories"))?.value).toBe("");
  expect((await setting("password_encryption"))?.value).toBe("scram-sha-256");
  const wrong = new URL(cluster.adminUrl());
  wrong.password = "wrong";
  await expect(ask(wrong.toString(), "select 1")).rejects.toMatchObject({ code: "28P01" });
});

test("the password is in a file that only its owner reads", async () => {
  expect((await stat(join(dataDir, "postgres.json"))).mode & 0o077).toBe(0);
});

test("a second start finds the running server; after a stop the same data and port come back", async () => {
  await ask(cluster.adminUrl(), "create table kept as select 42 as answer");
  const told: string[] = [];
  const again = await startCluster({ dataDir, passing: true, tell: (line) => told.push(line) });
  expect(again.port).toBe(cluster.port);
  expect(told.join()).toContain("running already");
  await again.stop();
  await again.stop();
  cluster = await startCluster({ dataDir, passing: true });
  expect(cluster.port).toBe(again.port);
  expect(await ask(cluster.adminUrl(), "select answer from kept")).toEqual({ answer: 42 });
});

test("a postmaster that was killed outright leaves nothing that keeps the next from starting", async () => {
  const state = await readState(dataDir);
  const pidFile = join(state?.place ?? "", "cluster", "postmaster.pid");
  const pid = Number((await readFile(pidFile, "utf8")).split("\n")[0]);
  expect(pid).toBeGreaterThan(1);
  process.kill(pid, "SIGKILL");
  cluster = await startCluster({ dataDir, passing: true });
  expect(await ask(cluster.adminUrl(), "select answer from kept")).toEqual({ answer: 42 });
});

test("a postmaster.pid that names some other program is not believed", async () => {
  await cluster.stop();
  const state = await readState(dataDir);
  await writeFile(
    join(state?.place ?? "", "cluster", "postmaster.pid"),
    `${process.pid}\n/elsewhere\n0\n1\n`,
  );
  cluster = await startCluster({ dataDir, passing: true });
  expect(await ask(cluster.adminUrl(), "select answer from kept")).toEqual({ answer: 42 });
});

test("the log holds no statement and no detail of a row", async () => {
  await ask(cluster.adminUrl(), "create table tight (word text unique)");
  await ask(cluster.adminUrl(), "insert into tight values ('canary-7f3a')");
  await expect(ask(cluster.adminUrl(), "insert into tight values ('canary-7f3a')")).rejects.toMatchObject({
    code: "23505",
  });
  const state = await readState(dataDir);
  const log = await readFile(join(state?.place ?? "", "postgres.log"), "utf8");
  expect(log).toContain("duplicate key value violates unique constraint");
  expect(log).not.toContain("canary-7f3a");
});
