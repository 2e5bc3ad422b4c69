import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate } from "../../../db/migrate.ts";
import { roleUrl } from "../../../db/roles/roleUrl.ts";
import { setRolePasswords } from "../../../db/roles/setRolePasswords.ts";
import { startCluster } from "../../../scripts/postgres/cluster.ts";
import { removeCluster } from "../../../scripts/postgres/removeCluster.ts";
import { newLogKey, writeLogKeys } from "../keyFile.ts";
import { type LogWorld, logWorld, ORIGIN, until, writeEvents } from "../test/logWorld.ts";
import { runSequencer } from "./runSequencer.ts";

let world: LogWorld;
beforeAll(async () => {
  world = await logWorld();
});
afterAll(() => world.close());

async function expectWhole(events: number) {
  expect(await world.whole()).toMatchObject({
    events,
    leaves: events,
    distinct: events,
    signed: events,
    unplaced: 0,
    altered: 0,
    contiguous: true,
    badCheckpoints: 0,
  });
}

describe("no event is lost and none stands twice", () => {
  let events = 1;

  test("when the sequencer is killed again and again, in the middle of batches", async () => {
    let flooding = true;
    const flood = (async () => {
      while (flooding) {
        await world.events(200);
        events += 200;
        // Not more than can be caught up with, however long the rounds take.
        await until(async () => {
          const [row] = await world.admin`select count(*)::int as n from audit.pending_leaves`;
          return !flooding || row?.n < 2000;
        });
      }
    })();
    for (let round = 0; round < 6; round++) {
      const child = await world.sequencerProcess();
      const [before] = await world.admin`select coalesce(max(size), 0) as size from audit.checkpoints`;
      await until(async () => {
        const [now] = await world.admin`select coalesce(max(size), 0) as size from audit.checkpoints`;
        return now?.size !== before?.size;
      });
      // Within a batch more often than not: while events pour in, one follows upon the other.
      await sleep(7 * round);
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    flooding = false;
    await flood;
    const one = world.sequencer();
    await world.settled();
    await one.stop();
    await expectWhole(events);
  }, 180_000);

  test("when its connection is cut within the transaction of a batch", async () => {
    await world.admin.unsafe(`create function public.slow() returns trigger language plpgsql as
      $$ begin perform pg_sleep(0.5); return null; end $$;
      create trigger planted before insert on audit.checkpoints for each statement execute function public.slow()`);
    const one = world.sequencer();
    await world.events(400);
    events += 400;
    const cut = async () => {
      const rows = await world.admin`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'unseal:sequencer' and query like '%append_leaves%' and state = 'active'
          and datname = current_database()`;
      return rows.length > 0;
    };
    await until(cut);
    await until(cut);
    await world.admin.unsafe("drop trigger planted on audit.checkpoints; drop function public.slow()");
    await world.settled();
    await one.stop();
    await expectWhole(events);
  }, 180_000);

  test("when two run at once: one works, the other takes over when it dies", async () => {
    const first = await world.sequencerProcess();
    await until(async () => (await world.state()).instance.includes(`:${first.pid}:`));
    const second = await world.sequencerProcess();
    await world.events(3000);
    events += 3000;
    await world.settled();
    expect((await world.state()).instance).toContain(`:${first.pid}:`);
    await world.events(100);
    events += 100;
    first.kill("SIGKILL");
    await once(first, "exit");
    await world.settled();
    await until(async () => (await world.state()).instance.includes(`:${second.pid}:`));
    second.kill("SIGKILL");
    await once(second, "exit");
    await expectWhole(events);
  }, 180_000);

  test("when twenty thousand events come at once", async () => {
    const one = world.sequencer();
    const writers = Array.from({ length: 8 }, () => postgres(world.adminUrl, { max: 1, onnotice: () => {} }));
    await Promise.all(
      writers.map(async (sql) => {
        for (let i = 0; i < 50; i++) await writeEvents(sql, 50);
        await sql.end();
      }),
    );
    events += 20_000;
    await world.settled();
    await one.stop();
    await expectWhole(events);
  }, 180_000);
});

describe("the database restarts", () => {
  test("and the log goes on by itself", async () => {
    const folder = await mkdtemp(join(tmpdir(), "unseal-restart-"));
    const dataDir = join(folder, "data");
    let cluster = await startCluster({ dataDir, passing: true });
    const stopping = new AbortController();
    try {
      let admin = postgres(cluster.adminUrl(), { max: 2, onnotice: () => {} });
      await migrate(admin);
      const passwords = await setRolePasswords(admin);
      const keyFile = join(folder, "keys.json");
      const { key, entry } = newLogKey(ORIGIN);
      await writeLogKeys(keyFile, ORIGIN, [entry]);
      await admin`select audit.add_log_key(${key.vkey}, ${key.signer.keyId}, ${ORIGIN}, false)`;
      const url = roleUrl(cluster.adminUrl(), "audit", passwords.audit);
      const running = runSequencer({ url, keyFile, signal: stopping.signal });
      await writeEvents(admin, 500);
      const settled = () =>
        until(async () => (await admin`select from audit.pending_leaves limit 1`).length === 0);
      await settled();
      await admin.end();
      await cluster.stop();
      cluster = await startCluster({ dataDir, passing: true });
      admin = postgres(cluster.adminUrl(), { max: 2, onnotice: () => {} });
      await writeEvents(admin, 500);
      await settled();
      const [row] = await admin`select count(*)::int as n, max(log_index)::int as last from audit.leaves`;
      expect(row).toEqual({ n: 1001, last: 1000 });
      await admin.end();
      stopping.abort();
      await running;
    } finally {
      stopping.abort();
      await cluster.stop();
      await removeCluster(dataDir);
      await rm(folder, { recursive: true, force: true });
    }
  }, 180_000);
});
