import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FlagInput } from "../../contracts/intake.ts";
import { aFlag, type Door, openDoor, problemOf } from "./test/door.ts";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const stored = async () =>
  (
    await door.admin`
      select (select count(*)::int from triage.flags) + (select count(*)::int from triage.threads)
           + (select count(*)::int from triage.cases) + (select count(*)::int from sealed.messages)
           + (select count(*)::int from sealed.participants) + (select count(*)::int from sealed.thread_keys) as n`
  )[0]?.n as number;

type Message = FlagInput["thread"]["messages"][number];

/** A right flag with one of its messages changed. */
function withMessage(change: Record<string, unknown>): object {
  const flag = aFlag();
  const [first, ...rest] = flag.thread.messages;
  return { ...flag, thread: { ...flag.thread, messages: [{ ...(first as Message), ...change }, ...rest] } };
}
const withThread = (change: Record<string, unknown>) => {
  const flag = aFlag();
  return { ...flag, thread: { ...flag.thread, ...change } };
};
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const oneMessage = aFlag().thread.messages[0] as Message;

describe("refused with a pointer to what is wrong, and nothing stored", () => {
  test.each<[string, object | string, string]>([
    ["an unknown field", { ...aFlag(), surprise: 1 }, "/surprise"],
    ["an unknown field deep inside", withMessage({ colour: "red" }), "/thread/messages/0/colour"],
    ["a source that only staff have", { ...aFlag(), source: "staff" }, "/source"],
    ["a category that does not exist", { ...aFlag(), category: "boredom" }, "/category"],
    ["a number for a word", { ...aFlag(), severity: 3 }, "/severity"],
    ["a missing severity", { ...aFlag(), severity: undefined }, "/severity"],
    ["a confidence above one", { ...aFlag(), confidence: 1.01 }, "/confidence"],
    [
      "a confidence that is no number",
      JSON.stringify(aFlag()).replace('"confidence":null', '"confidence":1e999'),
      "/confidence",
    ],
    ["no flagged message", { ...aFlag(), flaggedMessageIds: [] }, "/flaggedMessageIds"],
    [
      "a flagged message that is not in the thread",
      { ...aFlag(), flaggedMessageIds: ["m-1", "m-99"] },
      "/flaggedMessageIds/1",
    ],
    [
      "a flagged message named twice",
      { ...aFlag(), flaggedMessageIds: ["m-1", "m-1"] },
      "/flaggedMessageIds/1",
    ],
    [
      "a message id that stands there twice",
      withThread({ messages: [oneMessage, oneMessage] }),
      "/thread/messages/1/id",
    ],
    [
      "a participant id that stands there twice",
      withThread({ participants: [{ id: "p-1" }, { id: "p-2" }, { id: "p-1" }] }),
      "/thread/participants/2/id",
    ],
    ["a sender who is no participant", withMessage({ senderId: "p-9" }), "/thread/messages/0/senderId"],
    [
      "a reporter who is no participant",
      { ...aFlag(), reporter: { participantId: "p-9" } },
      "/reporter/participantId",
    ],
    [
      "a reporter inside and outside at once",
      { ...aFlag(), reporter: { participantId: "p-1", accountId: "a" } },
      "/reporter/accountId",
    ],
    ["a date in the far future", withMessage({ sentAt: inDays(3) }), "/thread/messages/0/sentAt"],
    [
      "a date before any platform",
      withMessage({ sentAt: "1970-01-01T00:00:00Z" }),
      "/thread/messages/0/sentAt",
    ],
    [
      "the thirtieth of February",
      withMessage({ sentAt: "2026-02-30T00:00:00Z" }),
      "/thread/messages/0/sentAt",
    ],
    ["a date without an offset", withMessage({ sentAt: "2026-02-20T00:00:00" }), "/thread/messages/0/sentAt"],
    [
      "more digits than the database keeps",
      withMessage({ sentAt: "2026-02-20T00:00:00.1234567Z" }),
      "/thread/messages/0/sentAt",
    ],
    [
      "an edit in the far future",
      withMessage({ editedAt: "9999-12-31T23:59:59Z" }),
      "/thread/messages/0/editedAt",
    ],
    ["NUL in an id", { ...aFlag(), id: "flag-\u0000" }, "/id"],
    ["a lone surrogate in an id", withThread({ id: "thread-\ud800" }), "/thread/id"],
    ["a right-to-left override in an id", withMessage({ id: "m-\u202e1" }), "/thread/messages/0/id"],
    [
      "a zero-width space in a detector's name",
      { ...aFlag(), detector: { name: "a\u200bb" } },
      "/detector/name",
    ],
    ["an empty id", { ...aFlag(), id: "" }, "/id"],
    ["an id that is too long", { ...aFlag(), id: "x".repeat(201) }, "/id"],
    ["a body of more than 64 KiB", withMessage({ body: "x".repeat(65_537) }), "/thread/messages/0/body"],
    [
      "a body of more than 64 KiB in bytes alone",
      withMessage({ body: "\u20ac".repeat(21_846) }),
      "/thread/messages/0/body",
    ],
    ["words of 1 MB", { ...aFlag(), reporter: { words: "x".repeat(1_000_000) } }, "/reporter/words"],
    [
      "100,000 messages",
      withThread({ messages: Array.from({ length: 100_000 }, () => 0) }),
      "/thread/messages",
    ],
    [
      "a million participants",
      withThread({ participants: Array.from({ length: 1_000_000 }, () => 0) }),
      "/thread/participants",
    ],
    [
      "thousands of attachments",
      withMessage({ attachments: Array.from({ length: 9_000 }, () => ({})) }),
      "/thread/messages/0/attachments",
    ],
    [
      "a digest that is none",
      withMessage({ attachments: [{ mediaType: "image/png", sizeBytes: 1, location: "x", md5: "zz" }] }),
      "/thread/messages/0/attachments/0/md5",
    ],
    [
      "a size beyond what JSON can count",
      withMessage({ attachments: [{ mediaType: "image/png", sizeBytes: 2 ** 60, location: "x" }] }),
      "/thread/messages/0/attachments/0/sizeBytes",
    ],
    [
      "__proto__",
      JSON.stringify(aFlag()).replace('"source"', '"__proto__":{"source":"keyword"},"source"'),
      "/__proto__",
    ],
    ["constructor", { ...aFlag(), constructor: 1 }, "/constructor"],
    [
      "a key twice in one object",
      JSON.stringify(aFlag()).replace('"source":', '"source":"keyword","source":'),
      "/source",
    ],
    [
      "a key twice, once escaped",
      JSON.stringify(aFlag()).replace('"region":', '"\\u0072egion":"us","region":'),
      "/thread/region",
    ],
    ["a list", [], ""],
    ["null", "null", ""],
    ["a bare string", '"flag"', ""],
  ])("%s", async (_, sent, pointer) => {
    const before = await stored();
    const problem = await problemOf(await door.send(sent));
    expect(problem).toMatchObject({ status: 422, code: "bad-flag" });
    expect(problem.errors?.map((e) => e.pointer)).toContain(pointer);
    expect(await stored()).toBe(before);
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>, number, string]>([
    ["half a JSON text", JSON.stringify(aFlag()).slice(0, -20), 400, "not-json"],
    ["two JSON texts", `${JSON.stringify(aFlag())}${JSON.stringify(aFlag())}`, 400, "not-json"],
    ["a comment in the JSON", `/* hi */${JSON.stringify(aFlag())}`, 400, "not-json"],
    ["NUL bytes", "\u0000\u0000", 400, "not-json"],
    ["UTF-16", Uint8Array.from(Buffer.from(JSON.stringify(aFlag()), "utf16le")), 400, "not-json"],
    [
      "Latin-1",
      Uint8Array.from(Buffer.from(JSON.stringify(withMessage({ body: "\u00e9" })), "latin1")),
      400,
      "not-utf8",
    ],
    ["surrogates encoded as UTF-8", Uint8Array.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 400, "not-utf8"],
    ["overlong UTF-8", Uint8Array.from([0x22, 0xc0, 0xaf, 0x22]), 400, "not-utf8"],
    ["JSON a million levels deep", `${"[".repeat(1_000_000)}`, 400, "too-deep"],
    [
      "a flag with something deep inside",
      JSON.stringify(aFlag()).replace('"words"', `"deep":${"[".repeat(40)}${"]".repeat(40)},"words"`),
      400,
      "too-deep",
    ],
    ["10 MB", `{"id":"${"x".repeat(10_000_000)}"}`, 413, "too-large"],
    ["nothing", "", 400, "body-missing"],
  ])("%s", async (_, sent, status, code) => {
    const before = await stored();
    expect(await problemOf(await door.send(sent))).toMatchObject({ status, code });
    expect(await stored()).toBe(before);
  });

  test("everything that is wrong is told at once, each field once, up to fifty and with the rest counted", async () => {
    const problem = await problemOf(
      await door.send({
        id: "",
        source: "staff",
        severity: 1,
        confidence: "x",
        thread: { id: 5, messages: [{ id: 1 }] },
      }),
    );
    const pointers = problem.errors?.map((e) => e.pointer) ?? [];
    expect(pointers).toEqual(
      expect.arrayContaining([
        "/id",
        "/source",
        "/category",
        "/severity",
        "/confidence",
        "/flaggedMessageIds",
        "/thread/id",
        "/thread/kind",
        "/thread/region",
        "/thread/participants",
        "/thread/messages/0/id",
        "/thread/messages/0/sentAt",
      ]),
    );
    expect(new Set(pointers).size).toBe(pointers.length);
    const many = await problemOf(
      await door.send(withThread({ messages: Array.from({ length: 1000 }, () => 7) })),
    );
    expect(many.errors).toHaveLength(50);
    expect(many.detail).toMatch(/\d+ more are not listed/);
  });

  test("an error repeats nothing of what was sent, not even the name of a field", async () => {
    const canary = "canary 4711 in words";
    for (const sent of [
      { ...aFlag(), [canary]: canary },
      withMessage({ body: { [canary]: canary } }),
      { ...aFlag(), source: canary, category: canary },
      withMessage({ sentAt: canary, kind: canary, id: `${canary}\u0000` }),
      `{"${canary}": "${canary}"`,
    ])
      expect(await (await door.send(sent)).text()).not.toContain("canary");
  });
});

describe("the rest of a batch goes on", () => {
  test("beside every kind of bad line, good ones are taken in, and each result names its line", async () => {
    const good = [aFlag(), aFlag(), aFlag()];
    const { results, summary } = await door.sendLines([
      good[0] as object,
      "{broken",
      "",
      { ...aFlag(), surprise: true },
      good[1] as object,
      `{"id":"${"x".repeat(9 * 1024 * 1024)}"}`,
      "[".repeat(100_000),
      good[2] as object,
    ]);
    expect(results.map((r) => [r.line, r.status, "problem" in r ? r.problem.code : "receipt"])).toEqual([
      [1, 201, "receipt"],
      [2, 400, "not-json"],
      [4, 422, "bad-flag"],
      [5, 201, "receipt"],
      [6, 413, "too-large"],
      [7, 400, "too-deep"],
      [8, 201, "receipt"],
    ]);
    expect(summary).toEqual({ lines: 7, accepted: 3, refused: 4, complete: true });
    const rows =
      await door.admin`select 1 from triage.flags where platform_flag_id = any (${good.map((f) => f.id)})`;
    expect(rows).toHaveLength(3);
  });

  test("what was refused is one event with its counts, and no content", async () => {
    const lines = Array.from({ length: 400 }, () => "{canary-in-a-refused-line");
    await door.sendLines(lines);
    const events = await door.admin`
      select detail::text as detail, outcome from audit.events where action = 'intake.refused' order by id desc limit 2`;
    expect(JSON.parse(events[0]?.detail)).toMatchObject({ codes: { "not-json": 400 } });
    expect(events[0]?.outcome).toBe("denied");
    expect(JSON.stringify(events)).not.toContain("canary");
  });
});

test("no JSON at all brings the door down: each is refused or taken in whole", async () => {
  const word = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom("__proto__", "toString", "\ud800", "\u0000"),
  );
  const broken = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      word,
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(word, tie("value"), { maxKeys: 4 }),
    ),
  })).value;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("", "reporter", "thread", "participant", "message", "attachment", "detector"),
      fc.constantFrom(
        "id",
        "source",
        "body",
        "sentAt",
        "senderId",
        "handle",
        "words",
        "confidence",
        "location",
        "messages",
        "participants",
        "version",
      ),
      broken,
      async (where, key, value) => {
        const flag = aFlag() as unknown as Record<string, Record<string, unknown>>;
        const thread = flag.thread as { messages: object[]; participants: object[] };
        const target = {
          "": flag,
          reporter: flag.reporter,
          thread,
          participant: thread.participants[0],
          message: thread.messages[0],
          attachment: thread.messages[0],
          detector: flag,
        }[where] as Record<string, unknown>;
        Object.defineProperty(target, where === "attachment" ? "attachments" : key, {
          value: where === "attachment" ? [value] : value,
          enumerable: true,
        });
        const before = await stored();
        const response = await door.send(flag);
        expect([201, 400, 409, 422]).toContain(response.status);
        if (response.status !== 201) {
          expect(await stored()).toBe(before);
          if (response.status === 422) expect((await problemOf(response)).errors?.length).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: 150 },
  );
});
