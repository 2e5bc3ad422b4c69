import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAuditSession } from "../../../db/auditSession.ts";
import { closeEverything } from "../../../environment/shutdown.ts";
import { verifyLog } from "../../../server/integrity/verifyLog.ts";
import { makeWorld, type World } from "../../../server/test/world.ts";
import { makeLogKeyFile } from "../../../server/tlog/addLogKey.ts";
import { prepareDatabase } from "../../demo/database.ts";
import { type Cluster, startCluster } from "../../postgres/cluster.ts";
import { removeCluster } from "../../postgres/removeCluster.ts";

/** Promise 8: what was acknowledged is never lost. On a cluster that writes to disk, with kill -9 at moments of chance. */

let dataDir: string;
let cluster: Cluster;
let world: World;
let keyFile: string;
const opened = new Set<string>();
const read = new Set<string>();
const children: ChildProcess[] = [];

beforeAll(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), "unseal-killed-")), "data");
  cluster = await startCluster({ dataDir, passing: true, durable: true });
  const ready = await prepareDatabase(cluster);
  world = await makeWorld({ ...ready, drop: async () => {} });
  keyFile = join(dirname(world.keyFile), "log-keys.json");
  process.env.LOG_SIGNING_KEY_FILE = keyFile;
  await makeLogKeyFile(world.urls.audit, keyFile, {
    origin: "unseal.example.org/audit-log",
    afterLoss: false,
  });
}, 180_000);

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await closeEverything();
  await world.admin.end({ timeout: 1 });
  await cluster.stop();
  await removeCluster(dataDir);
  await rm(dirname(dataDir), { recursive: true });
});

function start(script: string, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: { ...process.env, LOG_LEVEL: "silent" },
  });
  children.push(child);
  child.on("message", (message: { step?: string; viewId?: string }) => {
    if (message.viewId) (message.step === "read" ? read : opened).add(message.viewId);
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

async function reader(): Promise<ChildProcess> {
  const { actor } = await world.person(["moderator"]);
  const { id } = await world.case();
  return start(join(import.meta.dirname, "reader.ts"), actor.token as string, id);
}

const sequencer = () =>
  start(
    join(import.meta.dirname, "../../../server/tlog/test/sequencerProcess.ts"),
    world.urls.audit,
    keyFile,
  );

/** Ends PostgreSQL as a power cut does: the postmaster and all it started, without a last word. */
async function cutPower(): Promise<void> {
  const { place } = JSON.parse(await readFile(join(dataDir, "postgres.json"), "utf8"));
  const pid = Number((await readFile(join(place, "cluster", "postmaster.pid"), "utf8")).split("\n")[0]);
  process.kill(pid, "SIGKILL");
  // Its children notice that it is gone and end; a new postmaster waits for the last of them.
  await sleep(300);
  for (let tries = 0; ; tries++) {
    try {
      cluster = await startCluster({ dataDir, passing: true, durable: true });
      return;
    } catch (error) {
      if (tries === 40) throw error;
      await sleep(250);
    }
  }
}

/** Waits until what the killed had begun has ended in the database too, and every leaf has its place. */
async function nothingWaits(): Promise<void> {
  const sql = postgres(cluster.adminUrl("unseal"), { max: 1, onnotice: () => {} });
  try {
    await expect
      .poll(
        async () =>
          (
            await sql`select count(*)::int as n from pg_stat_activity where datname = current_database()
              and backend_type = 'client backend' and pid <> pg_backend_pid() and state <> 'idle'
              and application_name <> 'unseal:sequencer'`
          )[0]?.n,
        { timeout: 30_000 },
      )
      .toBe(0);
    await expect
      .poll(async () => (await sql`select count(*)::int as n from audit.pending_leaves`)[0]?.n, {
        timeout: 30_000,
      })
      .toBe(0);
  } finally {
    await sql.end();
  }
}

async function holdToWhatWasSaid(): Promise<void> {
  const sql = postgres(cluster.adminUrl("unseal"), { max: 1, onnotice: () => {} });
  try {
    const views = await sql`select v.id, v.event_id, l.log_index from access.views v
      join audit.events e on e.id = v.event_id and e.action = 'view.opened' and e.view_id = v.id
      join audit.leaves l on l.event_id = e.id`;
    const known = new Set(views.map((row) => row.id));
    expect([...opened].filter((id) => !known.has(id))).toEqual([]);
    expect([...read].filter((id) => !known.has(id))).toEqual([]);
    // Nor did anything come to be twice.
    const [counts] = await sql`select count(*)::int as leaves, count(distinct event_id)::int as events,
      (select count(*)::int from audit.events) as written from audit.leaves`;
    expect(counts).toEqual({ leaves: counts?.written, events: counts?.written, written: counts?.written });
  } finally {
    await sql.end();
  }
  const session = await openAuditSession(world.urls.audit, "test");
  try {
    expect((await verifyLog(session.query, async () => true))?.findings).toEqual([]);
  } finally {
    await session.end();
  }
}

test("promise 8: a reader killed at any step: no acknowledged view is lost, nothing is read that no leaf tells of", async () => {
  sequencer();
  for (let round = 0; round < 12; round++) {
    const sofar = read.size;
    const child = await reader();
    await expect.poll(() => read.size, { timeout: 30_000 }).toBeGreaterThan(sofar + 1);
    await sleep(Math.random() * 100);
    await kill(child);
  }
  await nothingWaits();
  expect(read.size).toBeGreaterThan(20);
  await holdToWhatWasSaid();
}, 300_000);

test("promise 8: a power cut under readers and sequencer, three times: all go on by themselves, and nothing that was said is lost", async () => {
  const before = read.size;
  for (let i = 0; i < 3; i++) await reader();
  sequencer();
  for (let cut = 0; cut < 3; cut++) {
    const sofar = read.size;
    await expect.poll(() => read.size, { timeout: 30_000 }).toBeGreaterThan(sofar + 5);
    await cutPower();
  }
  const afterwards = read.size;
  await expect.poll(() => read.size, { timeout: 30_000 }).toBeGreaterThan(afterwards + 5);
  await Promise.all(
    children.filter(({ spawnargs }) => spawnargs.some((arg) => arg.endsWith("reader.ts"))).map(kill),
  );
  await nothingWaits();
  expect(read.size).toBeGreaterThan(before + 20);
  await holdToWhatWasSaid();
}, 300_000);
