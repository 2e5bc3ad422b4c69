import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listFeeds } from "./listFeeds.ts";
import { type Pace, pushEvents } from "./pushEvents.ts";
import type { Sink } from "./sinks.ts";
import { makeCertificate } from "./test/certificates.ts";
import { type FeedWorld, feedWorld, ORIGIN, until } from "./test/feedWorld.ts";
import { httpReceiver } from "./test/httpReceiver.ts";
import { factsOf, syslogReceiver } from "./test/syslogReceiver.ts";

let world: FeedWorld;
beforeAll(async () => {
  world = await feedWorld();
});
afterAll(() => world.close());

const PACE = { batch: 50, pollMs: 20, timeoutMs: 10_000, retryMs: 20, longestRetryMs: 200 };
let stops: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  // Each test begins with sinks that nobody has heard of.
  await world.admin`delete from audit.siem_sinks`;
});
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
});

async function receiver(...given: Parameters<typeof syslogReceiver> | []) {
  const made = await syslogReceiver(given[0] ?? world.own, given[1]);
  stops.push(() => made.close());
  return made;
}

const syslogTo = (port: number, credentials: Partial<Sink["credentials"]> = {}): Sink => ({
  name: "syslog",
  host: "127.0.0.1",
  port,
  credentials: { ...world.credentials, ...credentials },
});

async function configure(...sinks: Sink[]): Promise<void> {
  const names = sinks.map((sink) => sink.name);
  await world.admin`select audit.set_siem_sinks(${names}, ${names.map((name) => `${name}.example.org`)}, false)`;
}

/** A sink that begins at the end of the log: all of it in small pieces would take its time. @returns where it begins */
async function configureFromNow(name: Sink["name"]): Promise<number> {
  await world.admin`select audit.set_siem_sinks(${[name]}, ${[`${name}.example.org`]}, true)`;
  return (await state(name)).next;
}

function push(sink: Sink, { alertMs = 60_000, ...pace }: Partial<Pace> & { alertMs?: number } = {}) {
  const stopping = new AbortController();
  const running = pushEvents({
    url: world.urls.audit,
    sink,
    alertMs,
    enterprise: 32473,
    signal: stopping.signal,
    pace: { ...PACE, ...pace },
  });
  const stop = () => {
    stopping.abort();
    return running;
  };
  stops.push(stop);
  return { stop };
}

const state = async (name = "syslog") => {
  const [row] =
    await world.admin`select *, next_index::int as next from audit.siem_sinks where name = ${name}`;
  return row as { next: number; problem: string | null; failures: number } & Record<string, unknown>;
};
const reached = (size: number, name?: string) => until(async () => (await state(name)).next >= size);
const upTo = (size: number) => Array.from({ length: size }, (_, i) => i);
/** Each the first time it came: what a receiver keeps that knows a repeat by its id. */
const distinct = <T>(list: readonly T[]) => [...new Set(list)];

async function expectWhole(got: Awaited<ReturnType<typeof receiver>>, size: number): Promise<void> {
  expect(distinct(got.places()).filter((place) => place < size)).toEqual(upTo(size));
  const pairs = got.messages.map((message) => `${factsOf(message).logIndex} ${factsOf(message).eventId}`);
  // A place never comes with two ids, nor an id with two places.
  expect(distinct(pairs).length).toBe(distinct(got.places()).length);
  expect(distinct(got.ids()).length).toBe(distinct(got.places()).length);
  const rows = await world.admin<
    { event_id: string }[]
  >`select event_id from audit.leaves order by log_index`;
  expect(distinct(got.ids()).slice(0, size)).toEqual(rows.slice(0, size).map((row) => row.event_id));
}

describe("syslog over TLS", () => {
  test("every event comes, in the order of the log, once, without what anybody wrote", async () => {
    const got = await receiver();
    const sink = syslogTo(got.port);
    await configure(sink);
    const size = await world.events(230);
    push(sink);
    await reached(size);
    const more = await world.events(30);
    await reached(more);
    await expectWhole(got, more);
    expect(got.places().length).toBe(distinct(got.places()).length);
    expect(factsOf(got.messages[0] as never).logOrigin).toBe(ORIGIN);
    expect(JSON.stringify(got.messages)).not.toContain("because of");
    const [first] = await world.acts("siem.first_delivery");
    expect(first).toMatchObject({ actor_kind: "system", outcome: "done", detail: { sink: "syslog" } });
  });

  test("a receiver that dies in the middle, again and again, loses nothing", async () => {
    const got = await receiver();
    const sink = syslogTo(got.port);
    await configure(sink);
    const size = await world.events(200);
    got.behave({ cutAfter: 33 });
    push(sink);
    await until(async () => got.connections() >= 4);
    expect((await state()).next).toBe(0);
    expect((await state()).problem).toMatch(/^(connection-lost|closed-early)$/);
    got.behave("reads");
    await reached(size);
    await expectWhole(got, size);
    expect(got.places().length).toBeGreaterThan(size);
    expect(await state()).toMatchObject({ problem: null, failures: 0 });
  });

  test.each(["hangs", "never-closes"] as const)(
    "a receiver that %s is given up in time, and tried again",
    async (manner) => {
      const got = await receiver();
      const sink = syslogTo(got.port);
      await configure(sink);
      const size = await world.events(60);
      got.behave(manner);
      push(sink, { timeoutMs: 300 });
      await until(async () => (await state()).failures >= 2);
      expect(await state()).toMatchObject({ next: 0, problem: "timeout" });
      got.behave("reads");
      await reached(size);
      await expectWhole(got, size);
    },
  );

  test("a certificate of another authority, or for another name, gets nothing", async () => {
    const stranger = makeCertificate("127.0.0.1", makeCertificate("Other Authority"));
    const misnamed = makeCertificate("elsewhere.example.org", world.authority);
    await world.events(3);
    for (const wrong of [stranger, misnamed]) {
      const got = await receiver(wrong);
      const sink = syslogTo(got.port);
      await configure(sink);
      const { stop } = push(sink);
      await until(async () => (await state()).failures >= 2);
      expect((await state()).problem).toBe("certificate");
      await stop();
      expect(got.messages).toEqual([]);
      await world.admin`delete from audit.siem_sinks`;
    }
  });

  test("a receiver that wants a certificate is shown one", async () => {
    const mine = makeCertificate("unseal.example.org", world.authority);
    const got = await receiver(world.own, { clients: world.authority });
    const size = await world.events(5);
    await configure(syslogTo(got.port));
    const without = push(syslogTo(got.port));
    await until(async () => (await state()).failures >= 1);
    await without.stop();
    expect(got.messages).toEqual([]);
    const certFile = await world.file("client.pem", mine.cert);
    push(syslogTo(got.port, { certFile, keyFile: await world.file("client.key", mine.key) }));
    await reached(size);
    await expectWhole(got, size);
  });

  test("nobody there is told as such, and a new authority file counts at once", async () => {
    await configure(syslogTo(1));
    await world.events(1);
    const { stop } = push(syslogTo(1));
    await until(async () => (await state()).failures >= 1);
    expect((await state()).problem).toBe("refused");
    await stop();
    const got = await receiver();
    const caFile = await world.file("late.pem", makeCertificate("Not Yet").cert);
    push(syslogTo(got.port, { caFile }));
    await until(async () => (await state()).problem === "certificate");
    await world.file("late.pem", world.authority.cert);
    await until(async () => got.messages.length > 0);
  });
});

describe("whoever sends", () => {
  test("two at once do not interleave: one sends, the other takes over where it stopped", async () => {
    const got = await receiver();
    const sink = syslogTo(got.port);
    await configure(sink);
    const first = push(sink, { batch: 10 });
    push(sink, { batch: 10 });
    let size = await world.events(150);
    await reached(size);
    await first.stop();
    size = await world.events(150);
    await reached(size);
    expect(got.mostAtOnce()).toBe(1);
    // In order as they came, and none twice: nobody was interrupted.
    expect(got.places().slice(0, size)).toEqual(upTo(size));
  });

  test("a process that is killed within a delivery loses nothing", async () => {
    const got = await receiver();
    await configure(syslogTo(got.port));
    const size = await world.events(600);
    for (let round = 0; round < 4; round++) {
      const seen = got.messages.length;
      const child = spawn(
        process.execPath,
        [
          join(import.meta.dirname, "test/pushProcess.ts"),
          world.urls.audit,
          String(got.port),
          world.credentials.caFile,
        ],
        { stdio: ["ignore", "inherit", "inherit", "ipc"], env: { ...process.env, LOG_LEVEL: "silent" } },
      );
      await once(child, "message");
      await until(async () => got.messages.length > seen + 20 || (await state()).next >= size);
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    push(syslogTo(got.port));
    await reached(size);
    await expectWhole(got, size);
  }, 180_000);

  test("a database connection that breaks is made anew", async () => {
    const got = await receiver();
    const sink = syslogTo(got.port);
    await configure(sink);
    push(sink, { batch: 40 });
    for (let i = 0; i < 3; i++) {
      await world.events(40);
      await world.admin`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'unseal:siem-syslog' and datname = current_database()`;
    }
    const size = await world.events(1);
    await reached(size);
    await expectWhole(got, size);
  });
});

describe("HTTPS", () => {
  const httpsTo = (port: number, credentials: Partial<Sink["credentials"]> = {}): Sink => ({
    name: "https",
    url: new URL(`https://127.0.0.1:${port}/events`),
    credentials: { ...world.credentials, ...credentials },
  });

  test("lines of OCSF are posted with the token, and only what was answered with 2xx counts", async () => {
    const got = await httpReceiver(world.own);
    stops.push(() => got.close());
    const tokenFile = await world.file("token", "example-token\n");
    const sink = httpsTo(got.port, { tokenFile });
    const first = await configureFromNow("https");
    const size = await world.events(120);
    const problems = new Set<unknown>();
    // Each until it was seen: the next failure takes the place of the one before.
    const refusals = [
      [503, "http-503"],
      [307, "http-307"],
      ["hang", "timeout"],
      [401, "http-401"],
    ] as const;
    got.answer(() => refusals.find(([, problem]) => !problems.has(problem))?.[0] ?? 202);
    push(sink, { timeoutMs: 2000 });
    await until(async () => {
      problems.add((await state("https"))?.problem);
      return (await state("https")).next >= size;
    });
    expect([...problems]).toEqual(expect.arrayContaining(["http-503", "http-307", "timeout", "http-401"]));
    expect(distinct(got.places()).filter((place) => place < size)).toEqual(upTo(size).slice(first));
    expect(got.headers.every((one) => one.authorization === "Bearer example-token")).toBe(true);
    expect(got.headers.every((one) => one["content-type"]?.startsWith("application/x-ndjson"))).toBe(true);
  });

  test("a batch that is too large for it is sent in smaller ones", async () => {
    const got = await httpReceiver(world.own);
    stops.push(() => got.close());
    const sink = httpsTo(got.port);
    const first = await configureFromNow("https");
    const size = await world.events(40);
    got.answer((body) => (body.length > 10_000 ? 413 : 200));
    push(sink);
    await reached(size, "https");
    expect(got.places().filter((place) => place < size)).toEqual(upTo(size).slice(first));
  });
});

describe("what goes wrong is seen", () => {
  test("a sink that fails for too long becomes an event, once, and another when it is well again", async () => {
    const got = await receiver();
    const sink = syslogTo(got.port);
    await configure(sink);
    await world.events(10);
    got.behave("hangs");
    const before = (await world.acts("siem.sink_failing")).length;
    const { stop } = push(sink, { timeoutMs: 100, alertMs: 300 });
    await until(async () => (await world.acts("siem.sink_failing")).length > before);
    await sleep(500);
    const told = await world.acts("siem.sink_failing");
    expect(told.length).toBe(before + 1);
    expect(told[0]).toMatchObject({ outcome: "failed", detail: { sink: "syslog", problem: "timeout" } });

    const officer = await world.person(["compliance_officer"]);
    const { sinks, size } = await listFeeds(officer.actor);
    expect(sinks[0]).toMatchObject({ name: "syslog", alerted: true, problem: "timeout", lastIndex: null });
    expect(sinks[0]?.lag).toBe(size);

    // With the patience of every day from here on: a tenth of a second a busy machine can need for itself.
    await stop();
    got.behave("reads");
    push(sink);
    await until(async () => (await world.acts("siem.sink_recovered")).length > 0);
    await world.settled();
    const places = async () => (await listFeeds(officer.actor)).sinks[0];
    await until(async () => (await places())?.lag === 0);
    expect(await places()).toMatchObject({ alerted: false, problem: null, failures: 0 });
  });

  test("nobody else sees it, and the question is on record", async () => {
    const moderator = await world.person(["moderator"]);
    await expect(listFeeds(moderator.actor)).rejects.toMatchObject({ code: "wrong-role" });
    expect((await world.acts("siem.listed"))[0]).toMatchObject({ outcome: "denied" });
    await expect(listFeeds({ ...moderator.actor, token: null })).rejects.toMatchObject({
      code: "not-signed-in",
    });
    const rows = await world.admin.begin(async (tx) => {
      await tx`set local role unseal_web`;
      await tx`select set_config('unseal.token', ${moderator.actor.token}, true)`;
      return tx`select * from audit.siem_sinks`;
    });
    expect(rows).toEqual([]);
  });

  test("where events go is an event when it changes, and only then", async () => {
    const count = async () => (await world.acts("siem.sink_configured")).length;
    const before = await count();
    await configure(syslogTo(1));
    await configure(syslogTo(1));
    expect(await count()).toBe(before + 1);
    await world.admin`select audit.set_siem_sinks('{syslog}', '{other.example.org:6514}', false)`;
    expect(await count()).toBe(before + 2);
    await configure();
    expect((await world.acts("siem.sink_removed"))[0]).toMatchObject({ detail: { sink: "syslog" } });
    expect((await state()).removed).toBe(true);
  });

  test("a new sink may begin at the end of the log", async () => {
    const size = await world.events(5);
    await world.admin`select audit.set_siem_sinks('{syslog}', '{new.example.org:6514}', true)`;
    expect((await state()).next).toBe(size);
  });

  test("a leaf that somebody took out is a gap: an event, once, and what is behind it still comes", async () => {
    const got = await receiver();
    const sink = syslogTo(got.port);
    await configure(sink);
    const size = await world.events(20);
    await world.admin`delete from audit.leaves where log_index in (${size - 6}, ${size - 5})`;
    const { stop } = push(sink, { batch: 1000 });
    await reached(size);
    expect(got.places().filter((p) => p < size)).toEqual(
      upTo(size).filter((p) => p !== size - 6 && p !== size - 5),
    );
    await stop();
    await world.admin`update audit.siem_sinks set next_index = 0`;
    push(sink);
    await reached(size);
    const gaps = await world.acts("siem.gap_found");
    expect(gaps.map((gap) => gap.detail)).toEqual([{ first: size - 6, last: size - 5 }]);
    expect(gaps[0]?.outcome).toBe("failed");
  });

  test("an event whose row is gone still comes, by its leaf", async () => {
    const got = await receiver();
    const sink = syslogTo(got.port);
    await configure(sink);
    const size = await world.events(3);
    await world.admin`delete from audit.events where id = (select event_id from audit.leaves where log_index = ${size - 1})`;
    push(sink, { batch: 1000 });
    await reached(size);
    const last = got.messages.find((message) => factsOf(message).logIndex === String(size - 1));
    expect(last && factsOf(last)).toMatchObject({ action: "staff.changed", outcome: "done" });
  });

  test("a log that has become shorter than what the sink has seen is told", async () => {
    const got = await receiver();
    await configure(syslogTo(got.port));
    const size = await world.events(1);
    await world.admin`update audit.siem_sinks set next_index = ${size + 1000}`;
    push(syslogTo(got.port));
    await until(async () => (await state()).problem === "log-shorter");
    expect(got.messages).toEqual([]);
  });

  test("a cursor moves only from where its sender believed it to be, and a gap needs more than a word", async () => {
    await configure(syslogTo(1));
    const moved = async (from: number, next: number) => {
      const [row] = await world.admin`select audit.siem_delivered('syslog', ${from}, ${next}) as ok`;
      return row?.ok;
    };
    expect(await moved(1, 2)).toBe(false);
    expect(await moved(0, 0)).toBe(false);
    expect(await moved(0, 3)).toBe(true);
    expect(await moved(0, 3)).toBe(false);
    const before = (await world.acts("siem.gap_found")).length;
    await world.admin`select audit.record_gap(0, 3)`;
    await world.admin`select audit.record_gap(1000000, 1000001)`;
    expect((await world.acts("siem.gap_found")).length).toBe(before);
  });
});
