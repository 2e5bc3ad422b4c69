import { ReadableStream as WebStream } from "node:stream/web";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FlagInput } from "../../contracts/intake.ts";
import { batchLines } from "./batchLines.ts";
import type { IntakeRefusal } from "./intakeProblem.ts";
import { platformKeyHash } from "./platformActor.ts";
import { receiveStream } from "./receiveStream.ts";
import { streamAnswer } from "./streamAnswer.ts";
import { aFlag, type Door, openDoor, problemOf, readAnswer } from "./test/door.ts";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const NDJSON = { "content-type": "application/x-ndjson" };
const lineOf = (flag: object) => `${JSON.stringify(flag)}\n`;
const actor = () => ({ keyHash: platformKeyHash(door.key), ip: null, userAgent: null, requestId: "test" });
const taken = async (flags: readonly FlagInput[]) =>
  (await door.admin`select 1 from triage.flags where platform_flag_id = any (${flags.map((f) => f.id)})`)
    .length;

/** Bytes in buffers, once what nobody needs has been collected. */
function bytesHeld(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().arrayBuffers;
}

/** A body of given pieces, which can wait or break between them. */
function bodyOf(
  pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): ReadableStream<Uint8Array> {
  const source = async function* () {
    for await (const piece of pieces) yield typeof piece === "string" ? Buffer.from(piece) : piece;
  };
  return WebStream.from(source()) as ReadableStream<Uint8Array>;
}

describe("lines", () => {
  test("are cut alike however the bytes are cut, with or without a last newline, with LF or CRLF", async () => {
    const flags = [aFlag(), aFlag(), aFlag()];
    const text = Buffer.from(flags.map((f) => JSON.stringify(f)).join("\r\n"));
    for (const size of [1, 7, 1000, 1_000_000]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
        Uint8Array.from(text.subarray(i * size, (i + 1) * size)),
      );
      const { results, summary } = await readAnswer(await door.send(bodyOf(pieces), NDJSON));
      expect(results.map((r) => [r.line, r.status])).toEqual([
        [1, 201],
        [2, 201],
        [3, 201],
      ]);
      expect(summary).toEqual({ lines: 3, accepted: 3, refused: 0, complete: true });
    }
  });

  test("of a byte order mark and of nothing are passed over, and an empty stream is complete", async () => {
    const { results } = await readAnswer(await door.send(`\ufeff${lineOf(aFlag())}\n \t\r\n`, NDJSON));
    expect(results.map((r) => r.status)).toEqual([201]);
    const { summary } = await readAnswer(await door.send("\n\n", NDJSON));
    expect(summary).toEqual({ lines: 0, accepted: 0, refused: 0, complete: true });
  });

  test("are answered as they come: who sends one and waits for its result is not left waiting", async () => {
    const flags = [aFlag(), aFlag(), aFlag()];
    const answered: (() => void)[] = [];
    const pieces = async function* () {
      for (const flag of flags) {
        yield lineOf(flag);
        await new Promise<void>((resolve) => answered.push(resolve));
      }
    };
    const response = await door.send(bodyOf(pieces()), NDJSON);
    let lines = 0;
    for await (const piece of response.body as ReadableStream<Uint8Array>) {
      lines += Buffer.from(piece).toString().trim().split("\n").length;
      answered.shift()?.();
    }
    expect(lines).toBe(4);
  });

  test("with minimal answers name only what was refused", async () => {
    const { results, summary } = await door.sendLines([aFlag(), "{", aFlag()], { prefer: "return=minimal" });
    expect(results.map((r) => r.line)).toEqual([2]);
    expect(summary).toMatchObject({ lines: 3, accepted: 2, refused: 1, complete: true });
  });
});

describe("a stream that breaks", () => {
  test("off in the middle of a line keeps the whole lines and nothing of the piece", async () => {
    const flags = [aFlag(), aFlag()] as const;
    const pieces = async function* () {
      yield lineOf(flags[0]) + lineOf(flags[1]).slice(0, -1);
      await sleep(50);
      throw new Error("The connection is gone.");
    };
    const { results, summary } = await readAnswer(await door.send(bodyOf(pieces()), NDJSON));
    expect(results.map((r) => r.status)).toEqual([201]);
    expect(summary).toMatchObject({ accepted: 1, complete: false, problem: { code: "stream-broken" } });
    expect([await taken([flags[0]]), await taken([flags[1]])]).toEqual([1, 0]);
  });

  test("off in the middle of a line with nobody left to answer keeps the whole lines", async () => {
    const flags = [aFlag(), aFlag()] as const;
    const pieces = async function* () {
      yield Buffer.from(lineOf(flags[0]) + lineOf(flags[1]).slice(0, -3));
      await sleep(300);
      throw new Error("The connection is gone.");
    };
    const answer = receiveStream(actor(), pieces(), { platformId: door.platformId, minimal: false });
    await answer.next();
    await answer.return(undefined);
    await expect.poll(() => taken([flags[0]])).toBe(1);
    expect(await taken([flags[1]])).toBe(0);
  });

  test("by standing still is given up, after what came is taken in", async () => {
    const flag = aFlag();
    const pieces = async function* () {
      yield Buffer.from(lineOf(flag));
      await sleep(5_000);
    };
    const answer = receiveStream(actor(), pieces(), {
      platformId: door.platformId,
      minimal: false,
      stallMs: 200,
    });
    let text = "";
    for await (const piece of answer) text += piece;
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ line: 1, status: 201 });
    expect(lines[1]).toMatchObject({ summary: { complete: false, problem: { code: "stalled" } } });
  });
});

describe("an answer that nobody reads", () => {
  test("stops the reading of the stream, and is given up after a while", async () => {
    let sent = 0;
    const pieces = async function* () {
      for (;;) {
        sent++;
        await sleep(0);
        yield Buffer.from(lineOf(aFlag()));
      }
    };
    let ended = 0;
    const body = streamAnswer(
      receiveStream(actor(), pieces(), { platformId: door.platformId, minimal: false }),
      () => ended++,
      2_000,
    );
    const reader = body.getReader();
    await reader.read();
    // What was on its way is taken in first; then nothing more is asked for.
    await expect
      .poll(async () => {
        const before = sent;
        await sleep(150);
        return sent - before;
      })
      .toBe(0);
    expect(ended).toBe(0);
    expect(sent).toBeLessThan(1000);
    await expect.poll(() => ended).toBe(1);
    await expect(reader.read()).rejects.toThrow();
  });

  test("gives its place back when the reader goes away", async () => {
    const waiting = async function* () {
      yield Buffer.from(lineOf(aFlag()));
      await new Promise(() => {});
    };
    const open = Array.from({ length: 8 }, () => door.send(bodyOf(waiting()), NDJSON));
    const answers = await Promise.all(open);
    expect(answers.map((a) => a.status)).toEqual(Array(8).fill(200));
    expect(await problemOf(await door.send(bodyOf(waiting()), NDJSON))).toMatchObject({
      status: 429,
      code: "too-many-streams",
    });
    await Promise.all(answers.map((a) => a.body?.cancel()));
    expect((await door.sendLines([aFlag()])).summary.complete).toBe(true);
  });
});

describe("gzip", () => {
  const zipped = (flags: readonly object[]) => Uint8Array.from(gzipSync(flags.map(lineOf).join("")));
  const GZIP = { ...NDJSON, "content-encoding": "gzip" };

  test("is unpacked, also in several members, for one flag and for a stream", async () => {
    const one = await door.send(Uint8Array.from(gzipSync(JSON.stringify(aFlag()))), {
      "content-encoding": "gzip",
    });
    expect(one.status).toBe(201);
    const members = Buffer.concat([zipped([aFlag(), aFlag()]), zipped([aFlag()])]);
    const { summary } = await readAnswer(await door.send(Uint8Array.from(members), GZIP));
    expect(summary).toEqual({ lines: 3, accepted: 3, refused: 0, complete: true });
  });

  test("that ends too early is said to, and nothing of the piece of a line is taken in", async () => {
    for (const share of [0.1, 0.5, 0.9, 1]) {
      const flags = Array.from({ length: 50 }, () => aFlag({ messages: 40 }));
      const whole = zipped(flags);
      const cut = whole.subarray(0, Math.floor(whole.length * share) - (share === 1 ? 4 : 0));
      const { results, summary } = await readAnswer(await door.send(cut, GZIP));
      expect(summary).toMatchObject({ complete: false, problem: { code: "gzip-truncated" } });
      expect(results.every((r) => r.status === 201)).toBe(true);
      expect(await taken(flags)).toBe(results.length);
    }
  });

  test.each<[string, Uint8Array, string]>([
    ["no gzip at all", Buffer.from("{}"), "gzip-broken"],
    [
      "damaged",
      Buffer.concat([
        zipped([{ id: 1 }]).subarray(0, 15),
        Buffer.from("\u0007\u0007\u0007\u0007\u0007\u0007"),
      ]),
      "gzip-broken",
    ],
    ["followed by something else", Buffer.concat([zipped([]), Buffer.from("and more")]), "gzip-broken"],
    ["a bomb", gzipSync(Buffer.alloc(80_000_000, " ")), "gzip-bomb"],
  ])("that is %s ends the stream", async (_, sent, code) => {
    const { summary } = await readAnswer(await door.send(Uint8Array.from(sent), GZIP));
    expect(summary).toMatchObject({ accepted: 0, complete: false, problem: { code } });
    expect(
      await problemOf(await door.send(Uint8Array.from(sent), { "content-encoding": "gzip" })),
    ).toMatchObject({
      code: code === "gzip-bomb" ? "too-large" : code,
    });
  });

  test("in another form than gzip is not guessed at", async () => {
    for (const encoding of ["br", "deflate", "gzip, gzip", "zstd"]) {
      const response = await door.send("x", { "content-encoding": encoding });
      expect(response.headers.get("accept-encoding")).toBe("gzip, identity");
      expect(await problemOf(response)).toMatchObject({ status: 415, code: "wrong-encoding" });
    }
  });
});

test("another content type or character set is refused, and what is taken is named", async () => {
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=latin1",
    "",
  ]) {
    const response = await door.send(JSON.stringify(aFlag()), { "content-type": type });
    expect(response.headers.get("accept-post")).toBe("application/json, application/x-ndjson");
    expect(await problemOf(response)).toMatchObject({ status: 415, code: "wrong-content-type" });
  }
  const response = await door.send(JSON.stringify(aFlag()), {
    "content-type": "Application/JSON; charset=UTF-8",
  });
  expect(response.status).toBe(201);
});

test("of a stream without an end no more than two batches and a line are held", async () => {
  let produced = 0;
  const endless = async function* () {
    for (;;) {
      produced++;
      if (produced % 16 === 0) await sleep(0);
      yield Buffer.alloc(64 * 1024, "x");
    }
  };
  const batches = batchLines(endless());
  const first = batches.next();
  const held = bytesHeld();
  await expect.poll(() => produced).toBeGreaterThan(3_000);
  // 200 MB of one line went by.
  expect(bytesHeld() - held).toBeLessThan(24 * 1024 * 1024);
  void first.catch((error: IntakeRefusal) => error);
  void batches.return(undefined);
});
