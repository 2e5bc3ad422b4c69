import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openAuditSession, type Session } from "../../../db/auditSession.ts";
import type { Verifier } from "../../../domain/tlog/note.ts";
import { exportLog } from "../export/exportLog.ts";
import { proveEvent } from "../proveEvent.ts";
import { type Head, readHead } from "../sequencer/readTree.ts";
import { answering } from "../test/answering.ts";
import { type LogWorld, logWorld, until } from "../test/logWorld.ts";
import { witnessServer } from "../test/witnessServer.ts";
import { verifyExport } from "../verify/verifyExport.ts";
import { verifyProof } from "../verify/verifyProof.ts";
import { folderSink } from "./folder.ts";
import { runPublisher } from "./runPublisher.ts";
import type { Sink } from "./Sink.ts";
import { witnessSink } from "./witness.ts";

let world: LogWorld;
let session: Session;
let folder: string;
const open: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  world = await logWorld();
  session = await openAuditSession(world.urls.audit, "test");
  folder = await mkdtemp(join(tmpdir(), "unseal-publish-"));
  await sequence(300);
});
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});
afterAll(async () => {
  await session.end();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function sequence(count: number): Promise<Head> {
  const one = world.sequencer();
  await world.events(count);
  await world.settled();
  await one.stop();
  return (await readHead(session.query)) as Head;
}
const head = async () => (await readHead(session.query)) as Head;
const patience = () => AbortSignal.timeout(30_000);
const failure = (code: string) => expect.objectContaining({ name: "SinkFailure", code });
const kept = (size: number) => world.admin`select witness, line from audit.cosignatures where size = ${size}`;

async function witness() {
  const server = await witnessServer("witness.example.org", [world.verifier]);
  open.push(() => server.close());
  return { server, sink: witnessSink(server.verifier, server.url, 50) };
}

/** A witness that answers what a test says. */
async function liar(status: number, body: string, type = "text/plain") {
  const { server } = await witness();
  const lying = await answering((_, response) =>
    response.writeHead(status, { "content-type": type }).end(body),
  );
  open.push(() => lying.close());
  return witnessSink(server.verifier, lying.url, 50);
}

describe("a witness", () => {
  test("cosigns the first tree, then each that goes on from it; its line verifies in the export", async () => {
    const { server, sink } = await witness();
    const first = await head();
    await sink.deliver(session.query, first, null, patience());
    const second = await sequence(500);
    await sink.deliver(session.query, second, first.size, patience());
    expect(server.seen.get("unseal.example.org/audit-log")?.size).toBe(second.size);
    expect(await kept(second.size)).toHaveLength(1);
    const path = join(folder, "witnessed");
    await exportLog(session.query, path);
    const verdict = await verifyExport({
      folder: path,
      keys: [world.verifier],
      witnesses: [server.verifier],
    });
    expect(verdict).toMatchObject({ count: 0, cosignedBy: [server.verifier.vkey] });
    await rm(path, { recursive: true });
  });

  test("is heard in the proof of one event, as soon as it has cosigned a checkpoint over it", async () => {
    const { server, sink } = await witness();
    const witnessed = await sequence(10);
    await sink.deliver(session.query, witnessed, null, patience());
    const newest = await sequence(10);
    const verdict = async (place: number, ...witnesses: Verifier[]) => {
      const [row] = await world.admin`select event_id as id from audit.leaves where log_index = ${place}`;
      const { proof, leaf, size } = await proveEvent(session.query, row?.id);
      const path = join(folder, `${place}.tlog-proof`);
      await writeFile(path, proof);
      await writeFile(join(folder, `${place}.leaf`), leaf);
      return { size, ...(await verifyProof(path, [world.verifier], witnesses)) };
    };
    const told = await verdict(witnessed.size - 1, server.verifier);
    expect(told).toMatchObject({ sound: true, size: witnessed.size });
    expect(told.text).toContain(`witnessed   ${server.verifier.vkey}`);
    expect(await verdict(witnessed.size)).toMatchObject({ sound: true, size: newest.size });
    const early = await verdict(witnessed.size, server.verifier);
    expect(early).toMatchObject({ sound: false, text: expect.stringContaining("no cosignature") });
    const { server: other } = await witness();
    expect(await verdict(7, server.verifier, other.verifier)).toMatchObject({ sound: false });
  });

  test("whose memory is older or younger than ours says so with 409, and is asked again from there", async () => {
    const { server, sink } = await witness();
    const first = await head();
    await sink.deliver(session.query, first, null, patience());
    const second = await sequence(40);
    // We believe it saw nothing; it saw the first.
    await sink.deliver(session.query, second, null, patience());
    // We believe it saw the second; it was put back to nothing.
    server.seen.clear();
    const third = await sequence(40);
    await sink.deliver(session.query, third, second.size, patience());
    expect(server.asked()).toBe(5);
    expect(server.seen.get("unseal.example.org/audit-log")?.size).toBe(third.size);
  });

  test("that saw another log than ours raises the alarm and signs nothing", async () => {
    const { server, sink } = await witness();
    const now = await head();
    const origin = "unseal.example.org/audit-log";
    server.seen.set(origin, { size: now.size + 10, root: Buffer.alloc(32, 1) });
    await expect(sink.deliver(session.query, now, null, patience())).rejects.toEqual(failure("ahead"));
    server.seen.set(origin, { size: now.size - 10, root: Buffer.alloc(32, 1) });
    await expect(sink.deliver(session.query, now, null, patience())).rejects.toEqual(failure("inconsistent"));
    server.seen.set(origin, { size: now.size, root: Buffer.alloc(32, 1) });
    await expect(sink.deliver(session.query, now, null, patience())).rejects.toEqual(failure("inconsistent"));
  });

  test("that does not know the log, or not its key, is told apart", async () => {
    const stranger = await witnessServer("witness.example.org", []);
    open.push(() => stranger.close());
    const sink = witnessSink(stranger.verifier, stranger.url, 50);
    await expect(sink.deliver(session.query, await head(), null, patience())).rejects.toEqual(
      failure("unknown-log"),
    );
    const { sink: forbidding } = { sink: await liar(403, "no\n") };
    await expect(forbidding.deliver(session.query, await head(), null, patience())).rejects.toEqual(
      failure("unknown-key"),
    );
  });

  test.each([
    ["200 and nothing", 200, "", "bad-answer"],
    ["200 and words", 200, "words\n\n\n", "bad-answer"],
    ["200 and more than fits", 200, `${"x".repeat(300_000)}\n`, "bad-answer"],
    ["204", 204, "", "refused"],
    ["409 and words", 409, "words\n", "inconsistent"],
    ["409 and a size beyond counting", 409, "99999999999999999999\n", "inconsistent"],
    ["422", 422, "", "inconsistent"],
    ["500", 500, "", "unreachable"],
    ["a redirect", 301, "", "unreachable"],
  ])("that answers %s keeps nothing", async (_, status, body, code) => {
    const size = (await head()).size;
    const before = await kept(size);
    const sink = await liar(status, body, status === 409 ? "text/x.tlog.size" : "text/plain");
    await expect(sink.deliver(session.query, await head(), null, patience())).rejects.toEqual(failure(code));
    expect(await kept(size)).toEqual(before);
  });

  test("whose line is of its key but not over this tree is a bad signature", async () => {
    const { server } = await witness();
    const { signer } = { signer: server.verifier };
    const line = `\u2014 ${signer.name} ${Buffer.concat([Buffer.from(signer.keyId, "hex"), Buffer.alloc(72, 1)]).toString("base64")}\n`;
    const lying = await answering((_, response) => response.writeHead(200).end(line));
    open.push(() => lying.close());
    const sink = witnessSink(server.verifier, lying.url, 50);
    await expect(sink.deliver(session.query, await head(), null, patience())).rejects.toEqual(
      failure("bad-signature"),
    );
  });

  test("that is not there, or that hangs, is given up", async () => {
    const { server } = await witness();
    const gone = witnessSink(server.verifier, "http://127.0.0.1:9", 50);
    await expect(gone.deliver(session.query, await head(), null, patience())).rejects.toEqual(
      failure("unreachable"),
    );
    const silent = await answering(() => {});
    open.push(() => silent.close());
    const hanging = witnessSink(server.verifier, silent.url, 50);
    await expect(
      hanging.deliver(session.query, await head(), null, AbortSignal.timeout(200)),
    ).rejects.toEqual(failure("timed-out"));
  });
});

describe("a write-once folder", () => {
  test("gets one file a checkpoint, takes the same again, and raises the alarm over another", async () => {
    const place = join(folder, "once");
    const sink = folderSink(place, 50);
    const now = await head();
    await sink.deliver(session.query, now, null, patience());
    await sink.deliver(session.query, now, null, patience());
    const [file = ""] = await readdir(place);
    expect(await readFile(join(place, file), "utf8")).toBe(now.note);
    expect((await stat(join(place, file))).mode & 0o777).toBe(0o444);
    const other = { ...now, note: now.note.replace("unseal", "another") };
    await expect(sink.deliver(session.query, other, null, patience())).rejects.toEqual(failure("differs"));
    expect(await readFile(join(place, file), "utf8")).toBe(now.note);
  });

  test("that cannot be written says so", async () => {
    await writeFile(join(folder, "file"), "");
    const sink = folderSink(join(folder, "file", "below"), 50);
    await expect(sink.deliver(session.query, await head(), null, patience())).rejects.toEqual(
      failure("cannot-write"),
    );
  });
});

describe("the publisher", () => {
  const state = async (name: string) =>
    (
      await world.admin`select last_size::int as size, failures, problem, removed, next_try_at - tried_at as wait
      from audit.log_sinks where name = ${name}`
    )[0];

  function publish(sinks: Sink[], options = {}) {
    const stopping = new AbortController();
    const done = runPublisher({
      url: world.urls.audit,
      sinks,
      signal: stopping.signal,
      firstWaitMs: 20,
      ...options,
    });
    open.push(async () => {
      stopping.abort();
      await done;
    });
    return async () => {
      stopping.abort();
      await done;
    };
  }

  test("serves each sink at its own pace: one that hangs holds up neither another nor the log", async () => {
    const { server, sink } = await witness();
    const silent = await answering(() => {});
    open.push(() => silent.close());
    const hanging = { ...witnessSink(server.verifier, silent.url, 50), name: "hangs" };
    // Not even one that pays no attention to the signal.
    const deaf: Sink = { name: "deaf", kind: "folder", everyMs: 50, deliver: () => new Promise(() => {}) };
    publish([sink, hanging, deaf], { patienceMs: 300 });
    for (let round = 0; round < 3; round++) {
      const now = await sequence(10);
      await until(async () => (await state(sink.name))?.size === now.size);
    }
    await until(async () => (await state("deaf"))?.failures >= 1 && (await state("hangs"))?.failures >= 1);
    expect(await state("hangs")).toMatchObject({ size: null, problem: "timed-out" });
    expect(await state("deaf")).toMatchObject({ size: null, problem: "timed-out" });
    expect(await state(sink.name)).toMatchObject({ problem: null, failures: 0 });
  });

  test("does not begin a delivery again beside one that was given up and has not ended", async () => {
    let begun = 0;
    let release = () => {};
    const sink: Sink = {
      name: "hung-folder",
      kind: "folder",
      everyMs: 50,
      deliver: () => {
        begun++;
        return begun > 1 ? Promise.resolve() : new Promise((resolve) => (release = resolve));
      },
    };
    publish([sink], { patienceMs: 50 });
    await until(async () => (await state("hung-folder"))?.failures >= 4);
    expect(await state("hung-folder")).toMatchObject({ size: null, problem: "timed-out" });
    expect(begun).toBe(1);
    release();
    await until(async () => (await state("hung-folder"))?.problem === null);
    expect(begun).toBe(2);
  });

  test("tries again, waits longer each time, and catches up when the sink comes back", async () => {
    const place = join(folder, "comes-back");
    await mkdir(place, { mode: 0o755 });
    let broken = true;
    const real = folderSink(place, 50);
    const sink: Sink = {
      ...real,
      name: "comes-back",
      deliver: (...given) => (broken ? Promise.reject(new Error("no")) : real.deliver(...given)),
    };
    publish([sink]);
    await until(async () => (await state("comes-back"))?.failures >= 4);
    broken = false;
    await until(async () => (await state("comes-back"))?.problem === null);
    expect(await readdir(place)).toHaveLength(1);
    await chmod(place, 0o755);
  });

  test("goes on after its connection was cut, and one that is no longer configured is marked", async () => {
    const { sink } = await witness();
    const stop = publish([sink, folderSink(join(folder, "then"), 50)]);
    await until(
      async () => (await state("folder"))?.problem === null && (await state(sink.name))?.removed === false,
    );
    await world.admin`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'unseal:publisher' and datname = current_database()`;
    const now = await sequence(10);
    await until(async () => (await state(sink.name))?.size === now.size);
    await stop();
    publish([sink]);
    await until(async () => (await state("folder"))?.removed === true);
  });
});
