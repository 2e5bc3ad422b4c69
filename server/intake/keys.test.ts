import { afterAll, beforeAll, expect, test } from "vitest";
import { platformKeyHash } from "./platformActor.ts";
import { aFlag, type Door, openDoor, problemOf, receiptOf } from "./test/door.ts";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const refusals = async () =>
  door.admin`select actor_kind, actor_id, detail from audit.events where action = 'intake.key_refused' order by id`;
const idOf = async (key: string) =>
  (await door.admin`select id from intake.platform_keys where key_hash = ${platformKeyHash(key)}`)[0]?.id;

test("no key, a made-up key, a session cookie: 401, each with its event and nothing taken in", async () => {
  const before = (await refusals()).length;
  for (const [headers, code] of [
    [{ authorization: "" }, "key-missing"],
    [{ authorization: "Basic dXNlcjpwYXNz" }, "key-missing"],
    [{ authorization: "Bearer uns_made-up" }, "key-unknown"],
    [{ authorization: "", cookie: `unseal-session=${"0".repeat(64)}` }, "key-missing"],
  ] as const) {
    const response = await door.send(aFlag(), headers);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain("Bearer");
    expect(await problemOf(response)).toMatchObject({ code, requestId: expect.any(String) });
  }
  const events = (await refusals()).slice(before);
  expect(events.map((e) => [e.actor_kind, e.detail.code])).toEqual([
    ["nobody", "key-missing"],
    ["nobody", "key-missing"],
    ["nobody", "key-unknown"],
    ["nobody", "key-missing"],
  ]);
  expect(await door.admin`select 1 from triage.flags`).toHaveLength(0);
});

test("a revoked key lets nothing in from that moment, and the event names platform and key", async () => {
  const other = await door.newPlatform("revoked-chat");
  const auth = { authorization: `Bearer ${other.key}` };
  await receiptOf(await door.send(aFlag(), auth));
  const id = await idOf(other.key);
  await door.admin`select intake.revoke_key(${id})`;
  expect(await problemOf(await door.send(aFlag(), auth))).toMatchObject({ status: 401, code: "key-revoked" });
  expect((await refusals()).at(-1)).toMatchObject({
    actor_kind: "platform",
    actor_id: other.platformId,
    detail: { code: "key-revoked", keyId: id },
  });
});

test("a key that is revoked in the middle of a stream takes in no further line", async () => {
  const other = await door.newPlatform("midway-chat");
  let tell: (value: unknown) => void = () => {};
  const revoked = new Promise((resolve) => {
    tell = resolve;
  });
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(Buffer.from(`${JSON.stringify(aFlag())}\n`));
      await revoked;
      controller.enqueue(Buffer.from(`${JSON.stringify(aFlag())}\n${JSON.stringify(aFlag())}\n`));
      controller.close();
    },
  });
  const response = await door.send(body, {
    authorization: `Bearer ${other.key}`,
    "content-type": "application/x-ndjson",
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const first = Buffer.from((await reader.read()).value ?? []).toString();
  expect(JSON.parse(first)).toMatchObject({ line: 1, status: 201 });
  await door.admin`select intake.revoke_key(${await idOf(other.key)})`;
  tell(undefined);
  let rest = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read())
    rest += Buffer.from(piece.value).toString();
  const lines = rest
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.slice(0, -1).map((l) => [l.line, l.status])).toEqual([
    [2, 401],
    [3, 401],
  ]);
  expect(lines.at(-1)).toMatchObject({
    summary: { accepted: 1, refused: 2, complete: false, problem: { code: "key-revoked" } },
  });
});

test("after a rotation both keys hold for the overlap, and then only the new one", async () => {
  const other = await door.newPlatform("rotating-chat");
  const fresh = `uns_${"r".repeat(43)}`;
  const old = await idOf(other.key);
  await door.admin`select intake.rotate_key(${old}, ${platformKeyHash(fresh)}, interval '1 hour')`;
  const send = async (key: string) => (await door.send(aFlag(), { authorization: `Bearer ${key}` })).status;
  expect([await send(other.key), await send(fresh)]).toEqual([201, 201]);
  await door.admin`update intake.platform_keys set expires_at = now() - interval '1 second' where id = ${old}`;
  expect([await send(other.key), await send(fresh)]).toEqual([401, 201]);
  await expect(
    door.admin`select intake.rotate_key(${old}, ${platformKeyHash("another")}, interval '1 hour')`,
  ).rejects.toMatchObject({ code: "UN004" });
});

test("a key without the scope is told 403, and which scope", async () => {
  const other = await door.newPlatform("scopeless-chat");
  await door.admin`alter table intake.platform_keys drop constraint platform_keys_scopes_check`;
  await door.admin`update intake.platform_keys set scopes = '{other}' where key_hash = ${platformKeyHash(other.key)}`;
  const response = await door.send(aFlag(), { authorization: `Bearer ${other.key}` });
  expect(response.status).toBe(403);
  expect(response.headers.get("www-authenticate")).toContain('scope="flags:write"');
});

test("the database holds the key's hash and its last use, never the key", async () => {
  await receiptOf(await door.sendOne(aFlag()));
  const [row] = await door.admin`select to_jsonb(k)::text as text, last_used_at from intake.platform_keys k
    where key_hash = ${platformKeyHash(door.key)}`;
  expect(row?.text).not.toContain(door.key);
  expect(row?.last_used_at).toBeInstanceOf(Date);
});

test("every act on platforms and keys is an event of the operator's", async () => {
  const rows =
    await door.admin`select distinct action from audit.events where actor_kind = 'operator' and action like 'intake.%'`;
  expect(rows.map((r) => r.action).sort()).toEqual([
    "intake.key_created",
    "intake.key_revoked",
    "intake.key_rotated",
    "intake.platform_added",
  ]);
});

test("unseal_intake cannot read what it stored, nor touch keys, by any table or function of the operator's", async () => {
  const { default: postgres } = await import("postgres");
  const sql = postgres(door.database.urls.intake, { max: 1, onnotice: () => {} });
  try {
    for (const query of [
      "select * from sealed.messages",
      "select * from sealed.thread_keys",
      "select * from triage.flags",
      "select * from intake.platform_keys",
      "insert into intake.platforms (slug, name) values ('abc', 'abc')",
      "select intake.add_platform('abc', 'abc')",
      "select intake.add_key('example-chat', 'x', sha256('x'), null)",
      "select * from intake.list_keys(null)",
      "select intake.store_participants(null, null)",
      "select intake.record_accepted(null, null, null, null)",
    ]) {
      await expect(sql.unsafe(query), query).rejects.toMatchObject({ code: "42501" });
    }
  } finally {
    await sql.end();
  }
});

test("a flood of refused keys is refused without asking, and is no flood of events", async () => {
  const before = (await refusals()).length;
  const statuses: number[] = [];
  const began = performance.now();
  for (let i = 0; i < 1_000 && statuses.at(-1) !== 429; i++)
    statuses.push((await door.send(aFlag(), { authorization: `Bearer uns_guess-${i}` })).status);
  expect(statuses.at(-1)).toBe(429);
  const response = await door.send(aFlag(), { authorization: "Bearer uns_guess" });
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  // Sixty at once, and one more each second.
  const seconds = Math.ceil((performance.now() - began) / 1000);
  expect((await refusals()).length - before).toBeLessThanOrEqual(61 + seconds);
});
