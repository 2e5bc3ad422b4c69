import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { testDatabase } from "../../../db/test/database.ts";
import { openCheckpoint } from "../../../domain/tlog/checkpoint.ts";
import { leafHash, rootOf } from "../../../domain/tlog/merkle.ts";
import { parseVkey, type Verifier } from "../../../domain/tlog/note.ts";
import { closeEverything } from "../../../environment/shutdown.ts";
import { makeLogKeyFile } from "../addLogKey.ts";
import { runSequencer } from "../sequencer/runSequencer.ts";

export const ORIGIN = "unseal.example.org/audit-log";

/** A database with a signing key on record, and ways to write events and to run sequencers. */
export async function logWorld() {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), "unseal-log-"));
  const keyFile = join(folder, "log-keys.json");
  Object.assign(process.env, {
    AUDIT_DATABASE_URL: database.urls.audit,
    LOG_SIGNING_KEY_FILE: keyFile,
    LOG_LEVEL: "silent",
  });
  const admin = postgres(database.adminUrl, { max: 8, onnotice: () => {} });
  const { vkey } = await makeLogKeyFile(database.urls.audit, keyFile, { origin: ORIGIN, afterLoss: false });
  const children: ChildProcess[] = [];
  const running: (() => Promise<void>)[] = [];

  return {
    admin,
    folder,
    keyFile,
    vkey,
    verifier: parseVkey(vkey) as Verifier,
    urls: database.urls,
    adminUrl: database.adminUrl,

    /** Writes events as the product does. */
    events: (count: number, sql: Sql = admin) => writeEvents(sql, count),

    /** A sequencer in this process. */
    sequencer(options: { now?: () => number; url?: string } = {}) {
      const stopping = new AbortController();
      const done = runSequencer({
        url: options.url ?? database.urls.audit,
        keyFile,
        signal: stopping.signal,
        ...(options.now && { now: options.now }),
      });
      const stop = async () => {
        stopping.abort();
        await done;
      };
      running.push(stop);
      return { stop };
    },

    /** A sequencer in a process of its own, to be killed. */
    async sequencerProcess(url = database.urls.audit): Promise<ChildProcess> {
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, "sequencerProcess.ts"), url, keyFile],
        {
          stdio: ["ignore", "inherit", "inherit", "ipc"],
          env: { ...process.env, LOG_LEVEL: "silent" },
        },
      );
      children.push(child);
      await once(child, "message");
      return child;
    },

    /** Waits until nothing waits any more. */
    settled: () =>
      until(async () => {
        const [row] = await admin`select count(*)::int as n from audit.pending_leaves`;
        return row?.n === 0;
      }),

    state: async () =>
      (await admin`select state, problem, instance from audit.sequencer`)[0] as {
        state: string;
        problem: string | null;
        instance: string;
      },

    whole: () => lookWhole(admin, parseVkey(vkey) as Verifier),

    async close() {
      for (const stop of running) await stop();
      for (const child of children) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      await closeEverything();
      await admin.end();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type LogWorld = Awaited<ReturnType<typeof logWorld>>;

export async function writeEvents(sql: Sql, count: number): Promise<void> {
  await sql`select count(audit.write(null::staff.actor, 'operator', 'staff.changed', 'done',
    jsonb_build_object('reason', 'because of ' || i, 'detail', jsonb_build_object('n', i)))) from generate_series(1, ${count}::int) i`;
}

/** For a slow machine: only what never comes about takes so long. */
const PATIENCE_MS = 45_000;

/** Waits for a condition. @throws when it has not come about in time */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("It did not come about in time.");
    await sleep(20);
  }
}

/**
 * Looks at the log as a whole, with no help of what the sequencer keeps: every event has its leaf once, the places are
 * contiguous, the root of every checkpoint is that of the leaves, every checkpoint is signed.
 */
async function lookWhole(admin: Sql, verifier: Verifier) {
  const [counts] = await admin<
    {
      events: number;
      leaves: number;
      distinct: number;
      first: number;
      last: number;
      unplaced: number;
      altered: number;
    }[]
  >`
    select (select count(*)::int from audit.events) as events, count(*)::int as leaves,
      count(distinct event_id)::int as distinct, coalesce(min(log_index), 0)::int as first,
      coalesce(max(log_index), -1)::int as last,
      (select count(*)::int from audit.events e where not exists (select from audit.leaves l where l.event_id = e.id)) as unplaced,
      (select count(*)::int from audit.events e join audit.leaves l on l.event_id = e.id where l.leaf <> audit.leaf(e)) as altered
      from audit.leaves`;
  const leaves = await admin<{ leaf: string }[]>`select leaf from audit.leaves order by log_index`;
  const hashes = leaves.map(({ leaf }) => leafHash(Buffer.from(leaf)));
  const checkpoints = await admin<{ size: string; note: string }[]>`
    select size, note from audit.checkpoints order by size`;
  // Every checkpoint's signature; the roots of the first, the last and a spread between them.
  const step = Math.max(1, Math.floor(checkpoints.length / 20));
  const bad = checkpoints.filter(({ size, note }, i) => {
    const opened = openCheckpoint(note, [verifier]);
    if ("problem" in opened || opened.checkpoint.size !== Number(size)) return true;
    if (i % step !== 0 && i !== checkpoints.length - 1) return false;
    return !opened.checkpoint.root.equals(rootOf(hashes.slice(0, Number(size))));
  });
  return {
    ...(counts as NonNullable<typeof counts>),
    contiguous: counts?.first === 0 && counts.last === counts.leaves - 1,
    signed: Number(checkpoints.at(-1)?.size ?? 0),
    badCheckpoints: bad.length,
  };
}
