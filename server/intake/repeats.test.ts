import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseFlag } from "./parseFlag.ts";
import { platformKeyHash } from "./platformActor.ts";
import { type PreparedFlag, prepareFlag } from "./prepareFlag.ts";
import { aFlag, type Door, openDoor, problemOf, receiptOf } from "./test/door.ts";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

/** Everything that intake writes, as one text: equal before and after, when nothing was changed. */
async function everything(): Promise<string> {
  const parts = await Promise.all(
    [
      "triage.threads",
      "triage.cases",
      "triage.flags",
      "sealed.thread_keys",
      "sealed.participants",
      "sealed.messages",
      "sealed.attachments",
      "sealed.flag_words",
      "sealed.flag_reporters",
    ].map((table) =>
      door.admin.unsafe(`select md5(string_agg(t::text, '|' order by t::text)) as sum from ${table} t`),
    ),
  );
  return JSON.stringify(parts);
}
const accepted = async () =>
  (await door.admin`select count(*)::int as n from audit.events where action = 'intake.flag_accepted'`)[0]?.n;

/** One delivery as the server process makes it. */
function accept(sql: postgres.Sql, keyHash: Buffer, one: PreparedFlag) {
  const json = (value: unknown) => sql`${JSON.stringify(value)}::text::json`;
  return sql`select intake.accept_flags(${keyHash}, ${json([one.flag])}, ${json(one.participants)}, ${json(one.messages)},
    ${json(one.attachments)}, '{}') as a`;
}

test("a repeat is answered with the same status and body, and changes nothing", async () => {
  const flag = aFlag();
  const first = await door.sendOne(flag);
  const body = await first.text();
  expect(first.status).toBe(201);
  expect(first.headers.get("unseal-replayed")).toBeNull();
  const [before, events] = [await everything(), await accepted()];
  const second = await door.sendOne(flag);
  expect(second.status).toBe(201);
  expect(await second.text()).toBe(body);
  expect(second.headers.get("unseal-replayed")).toBe("true");
  expect(await everything()).toBe(before);
  expect(await accepted()).toBe(events);
});

test("the same content written differently is a repeat", async () => {
  const flag = aFlag();
  const receipt = await receiptOf(await door.sendOne(flag));
  const { thread, ...rest } = flag;
  const reordered = JSON.stringify({ thread, ...rest, detector: null }, undefined, 3)
    .replaceAll('"2026-03-01T09:00:00Z"', '"2026-03-01T11:00:00.000+02:00"')
    .replace("Placeholder words", "\\u0050laceholder words");
  const second = await door.send(reordered);
  expect(second.headers.get("unseal-replayed")).toBe("true");
  expect(await receiptOf(second)).toEqual(receipt);
});

test("a repeat of a stream is answered with the very same text", async () => {
  const lines = [aFlag(), { id: "wrong" }, aFlag(), "not json"];
  const first = await door.sendLines(lines);
  const before = await everything();
  const second = await door.sendLines(lines);
  expect(second.text).toBe(first.text);
  expect(await everything()).toBe(before);
});

test("an id that comes twice in one stream is taken once", async () => {
  const flag = aFlag();
  const { results } = await door.sendLines([flag, flag, { ...flag, severity: "critical" }]);
  expect(results.map((r) => r.status)).toEqual([201, 201, 409]);
  expect((results[0] as { receipt: unknown }).receipt).toEqual((results[1] as { receipt: unknown }).receipt);
  expect(await door.admin`select 1 from triage.flags where platform_flag_id = ${flag.id}`).toHaveLength(1);
});

test("an id with other content is refused, and changes nothing", async () => {
  const flag = aFlag();
  await receiptOf(await door.sendOne(flag));
  const before = await everything();
  for (const other of [
    { ...flag, severity: "critical" as const },
    { ...flag, thread: { ...flag.thread, id: `${flag.thread.id}-other` } },
    {
      ...flag,
      thread: { ...flag.thread, messages: flag.thread.messages.map((m) => ({ ...m, body: "Other." })) },
    },
  ]) {
    const problem = await problemOf(await door.sendOne(other));
    expect(problem).toMatchObject({ status: 409, code: "flag-id-reused" });
  }
  expect(await everything()).toBe(before);
});

test("the comparison is keyed: no plain hash of content lies in the database", async () => {
  const flag = aFlag();
  await receiptOf(await door.sendOne(flag));
  const { createHash } = await import("node:crypto");
  const body = flag.thread.messages[0]?.body ?? "";
  const macs =
    await door.admin`select content_mac as mac from sealed.messages union select request_mac from triage.flags`;
  const plain = [body, JSON.stringify(body), JSON.stringify(flag)].map((text) =>
    createHash("sha256").update(text).digest("hex"),
  );
  for (const { mac } of macs) expect(plain).not.toContain(mac.toString("hex"));
});

test("the same flag on many connections at once opens one case and has one event", async () => {
  const parsed = parseFlag(Buffer.from(JSON.stringify(aFlag())), Date.now());
  if ("problem" in parsed) throw new Error("The flag must be right.");
  const hash = platformKeyHash(door.key);
  const before = await accepted();
  // Connections of their own, each with a preparation of its own: other data keys, the same content.
  const clients = Array.from({ length: 12 }, () =>
    postgres(door.database.urls.intake, { max: 1, onnotice: () => {} }),
  );
  try {
    await Promise.all(clients.map((sql) => sql`select 1`));
    const once = async (sql: postgres.Sql): Promise<unknown> => {
      const one = await prepareFlag(door.platformId, parsed.flag, 0);
      for (;;) {
        try {
          const [row] = await accept(sql, hash, one);
          return row?.a.results[0].receipt;
        } catch (error) {
          if (!["40001", "40P01", "23505"].includes((error as { code: string }).code)) throw error;
        }
      }
    };
    const receipts = await Promise.all(clients.map(once));
    for (const receipt of receipts) expect(receipt).toEqual(receipts[0]);
    expect(receipts[0]).toMatchObject({ id: parsed.flag.id, joinedCase: false });
  } finally {
    await Promise.all(clients.map((sql) => sql.end()));
  }
  expect(await accepted()).toBe(before + 1);
  expect(
    await door.admin`select 1 from triage.flags where platform_flag_id = ${parsed.flag.id}`,
  ).toHaveLength(1);
  expect(
    await door.admin`select 1 from triage.cases c join triage.threads t on t.id = c.thread_id
      where t.platform_thread_id = ${parsed.flag.thread.id}`,
  ).toHaveLength(1);
});

test("deliveries at once on the same threads, in any order, lose and double nothing", async () => {
  const threads = Array.from({ length: 20 }, () => aFlag().thread);
  const shuffled = (salt: number) =>
    threads
      .map((thread, i) => ({ flag: { ...aFlag(), thread }, at: Math.sin(i * 97 + salt * 31) }))
      .sort((a, b) => a.at - b.at)
      .map(({ flag }) => flag);
  const answers = await Promise.all(Array.from({ length: 6 }, (_, salt) => door.sendLines(shuffled(salt))));
  for (const { summary } of answers)
    expect(summary).toMatchObject({ accepted: 20, refused: 0, complete: true });
  const cases = await door.admin`
    select c.flag_count, c.message_count, (select count(*)::int from sealed.messages m where m.thread_id = t.id) as stored
      from triage.cases c join triage.threads t on t.id = c.thread_id
     where t.platform_thread_id = any (${threads.map((t) => t.id)})`;
  expect(cases).toHaveLength(20);
  for (const one of cases) expect(one).toMatchObject({ flag_count: 6, message_count: 3, stored: 3 });
});

test("a connection that dies inside a delivery leaves nothing half-written, and the repeat is whole", async () => {
  const flag = aFlag();
  const parsed = parseFlag(Buffer.from(JSON.stringify(flag)), Date.now());
  if ("problem" in parsed) throw new Error("The flag must be right.");
  const one = await prepareFlag(door.platformId, parsed.flag, 0);
  const before = await everything();
  const sql = postgres(door.database.urls.intake, { max: 1, onnotice: () => {} });
  await sql.unsafe("begin");
  const [backend] = await sql`select pg_backend_pid() as pid`;
  const [row] = await accept(sql, platformKeyHash(door.key), one);
  expect(row?.a.ok).toBe(true);
  // What kill -9 of the server process leaves to PostgreSQL: a client that is gone before it said commit.
  await door.admin`select pg_terminate_backend(${backend?.pid}, 5000)`;
  await sql.end({ timeout: 1 });
  expect(await everything()).toBe(before);
  const response = await door.sendOne(flag);
  expect(response.headers.get("unseal-replayed")).toBeNull();
  expect(await receiptOf(response)).toMatchObject({ newMessages: 3 });
});
