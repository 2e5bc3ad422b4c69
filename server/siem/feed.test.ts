import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseSyslog } from "../../domain/siem/test/parseSyslog.ts";
import { answerFeed } from "./answerFeed.ts";
import { createFeedKey, listFeedKeys, revokeFeedKey } from "./operator.ts";
import { pullAsOperator } from "./pullAsOperator.ts";
import { type FeedWorld, feedWorld, ORIGIN } from "./test/feedWorld.ts";

const ENTERPRISE = "4711";
let world: FeedWorld;
let key: string;
let size: number;
beforeAll(async () => {
  process.env.UNSEAL_SIEM_ENTERPRISE_NUMBER = ENTERPRISE;
  world = await feedWorld();
  key = (await createFeedKey(world.admin, "Example SIEM", null, 0)).key;
  size = await world.events(1300);
});
afterAll(() => world.close());

const ask = (query = "", bearer: string | null = key, signal?: AbortSignal) =>
  answerFeed(
    new Request(`http://127.0.0.1:3000/api/audit/feed${query}`, {
      headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
      ...(signal && { signal }),
    }),
  );

interface Line {
  readonly metadata: { readonly uid: string; readonly sequence: number; readonly log_name: string };
}
const linesOf = (text: string) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
const read = async (query: string, bearer = key) => linesOf(await (await ask(query, bearer)).text());
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test("events are read in the order of the log, from any place on, as often as wanted", async () => {
  const answer = await ask("?limit=10000");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const all = linesOf(await answer.text());
  expect(all.map((line) => line.metadata.sequence).slice(0, size)).toEqual(range(0, size));
  expect(all[0]?.metadata.log_name).toBe(ORIGIN);
  const rows = await world.admin<
    { event_id: string }[]
  >`select event_id from audit.leaves order by log_index`;
  expect(all.slice(0, size).map((line) => line.metadata.uid)).toEqual(
    rows.slice(0, size).map((row) => row.event_id),
  );

  // As a reader does that goes on from the last index that it kept.
  const pieces: Line[] = [];
  for (let after = -1; after < size - 1; after = pieces.at(-1)?.metadata.sequence ?? 0)
    pieces.push(...(await read(`?after=${after}&limit=333`)));
  expect(pieces.slice(0, size)).toEqual(all.slice(0, size));
  expect(await read("?after=7&limit=2")).toEqual(all.slice(8, 10));
  expect(await read("?after=7&limit=2")).toEqual(all.slice(8, 10));
});

test("what anybody wrote, and what the leaves are salted with, does not leave", async () => {
  const text = await (await ask("?limit=10000")).text();
  expect(text).not.toContain("because of");
  expect(text).toContain("reason_commitment");
  const salts = await world.admin<{ salt: string }[]>`
    select encode(leaf_salt, 'hex') as salt from audit.events limit 500`;
  for (const { salt } of salts) expect(text.includes(salt)).toBe(false);
});

test("the same events as syslog", async () => {
  const answer = await ask("?format=syslog&limit=20");
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const answered = await answer.text();
  const messages = answered.trimEnd().split("\n").map(parseSyslog);
  expect(messages).toHaveLength(20);
  expect(messages.every(({ facility }) => facility === 13)).toBe(true);
  expect(answered).toContain(`@${ENTERPRISE}`);
  expect(answered).not.toContain("@32473");
});

test("no key, an invented one, an ended one and one of staff read nothing, and each is on record", async () => {
  const revoked = await createFeedKey(world.admin, "Old", null, 0);
  await revokeFeedKey(world.admin, revoked.id);
  const expired = await createFeedKey(world.admin, "Older", new Date(Date.now() - 1000), 0);
  const officer = await world.person(["compliance_officer"]);
  const cases: [string | null, string][] = [
    [null, "feed-key-missing"],
    [`unf_${randomBytes(32).toString("base64url")}`, "feed-key-unknown"],
    [key.slice(0, -1), "feed-key-unknown"],
    [officer.actor.token, "feed-key-unknown"],
    [revoked.key, "feed-key-revoked"],
    [expired.key, "feed-key-expired"],
  ];
  for (const [bearer, code] of cases) {
    const answer = await ask("?limit=5", bearer);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    const body = (await answer.json()) as { code: string; requestId: string };
    expect(body.code).toBe(code);
    const [event] = await world.admin`select * from audit.events where request_id = ${body.requestId}`;
    expect(event).toMatchObject({ action: "siem.key_refused", outcome: "denied", detail: { code } });
  }
  await expect(revokeFeedKey(world.admin, revoked.id)).rejects.toThrow("There is no such key in use");
});

test("what is asked for is looked at, after whose key it is", async () => {
  for (const wrong of [
    "?limit=0",
    "?limit=10001",
    "?after=-2",
    "?after=",
    "?after=1e3",
    "?format=cef",
    "?x=1",
    "?wait=31",
  ]) {
    expect((await ask(wrong)).status, wrong).toBe(422);
    expect((await ask(wrong, "unf_invented")).status, wrong).toBe(401);
  }
});

test("a key reads nothing before its first index", async () => {
  const { key: late } = await createFeedKey(world.admin, "Late", null, size - 3);
  expect((await read("?after=-1&limit=3", late)).map((line) => line.metadata.sequence)).toEqual(
    range(size - 3, size),
  );
});

test("a key that is revoked while an answer is under way stops it, and the answer does not look whole", async () => {
  const stolen = await createFeedKey(world.admin, "Stolen", null, 0);
  const answer = await ask("?limit=10000", stolen.key);
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const first = await reader.read();
  expect(linesOf(new TextDecoder().decode(first.value))).toHaveLength(500);
  await revokeFeedKey(world.admin, stolen.id);
  await expect(reader.read()).rejects.toThrow();
  expect((await ask("?after=499", stolen.key)).status).toBe(401);
});

/** What a request with `wait=30` would take that nothing ends. */
const WAIT_MS = 29_000;

test("a reader may wait for the next event", async () => {
  await world.settled();
  const [head] = await world.admin`select max(size)::int as size from audit.checkpoints`;
  const after = head?.size - 1;
  expect(await read(`?after=${after}`)).toEqual([]);
  const waiting = read(`?after=${after}&wait=10`);
  await world.events(1);
  expect((await waiting)[0]?.metadata.sequence).toBe(after + 1);
  const began = performance.now();
  const leaving = new AbortController();
  const [grown] = await world.admin`select max(size)::int as size from audit.checkpoints`;
  const gone = ask(`?after=${grown?.size - 1}&wait=30`, key, leaving.signal);
  setTimeout(() => leaving.abort(), 200);
  expect(await (await gone).text()).toBe("");
  expect(performance.now() - began).toBeLessThan(WAIT_MS);
});

test("a log that was put back to an older state does not pass for one with nothing new", async () => {
  const [head] = await world.admin`select max(size)::int as size from audit.checkpoints`;
  const began = performance.now();
  const answer = await ask(`?after=${head?.size + 50}&wait=30`);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: "log-shorter" });
  expect(performance.now() - began).toBeLessThan(WAIT_MS);
});

test("the first event that leaves by a key is an event, and those that follow are not", async () => {
  const fresh = await createFeedKey(world.admin, "Fresh", null, 0);
  for (let i = 0; i < 3; i++) await read("?limit=600", fresh.key);
  await read("?after=0&limit=1", fresh.key);
  const told = (await world.acts("siem.first_delivery")).filter((one) => one.detail.keyId === fresh.id);
  expect(told).toHaveLength(1);
  const kept = (await listFeedKeys(world.admin)).find((one) => one.id === fresh.id);
  expect(kept).toMatchObject({ label: "Fresh", firstIndex: 0, revokedAt: null, lastIndex: 599 });
  expect(kept?.lastUsedAt).toBeInstanceOf(Date);
  const acts = (await world.acts("siem.key_created")).map((one) => one.detail.keyId);
  expect(acts).toContain(fresh.id);
});

test("a key is kept as its hash alone", async () => {
  const rows = await world.admin`select s::text as row from audit.siem_keys s`;
  expect(JSON.stringify(rows)).not.toContain(key);
  expect(JSON.stringify(rows)).not.toContain(key.slice(4));
});

test("the operator pulls at the command line, and the pull is on record before the first line", async () => {
  const take = async (after: number, limit: number) => {
    const pieces: string[] = [];
    const asked = { after, limit, format: "ocsf", enterprise: 32473 } as const;
    for await (const piece of pullAsOperator(asked)) pieces.push(piece);
    return linesOf(pieces.join(""));
  };
  const before = (await world.acts("siem.pulled")).length;
  expect((await take(9, 1100)).map((line) => line.metadata.sequence)).toEqual(range(10, 1110));
  await expect(take(10_000_000, 5)).rejects.toThrow(/none has index 10000000/);
  const told = await world.acts("siem.pulled");
  expect(told.length).toBe(before + 2);
  expect(told[1]).toMatchObject({ actor_kind: "operator", detail: { format: "ocsf", from: 10 } });
  await world.settled();
  const [head] = await world.admin`select max(size)::int as size from audit.checkpoints`;
  expect(await take(head?.size - 1, 5)).toEqual([]);
});

test("an address whose keys are refused again and again waits", async () => {
  const statuses: number[] = [];
  // One more is let through each second: how many it takes depends on how long that takes.
  for (let i = 0; i < 1_000 && statuses.at(-1) !== 429; i++)
    statuses.push((await ask("", "unf_guess")).status);
  expect(statuses.at(-1)).toBe(429);
  const waiting = await ask("", key);
  expect(waiting.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(await waiting.json()).toMatchObject({ code: "too-many-refused-keys" });
});
