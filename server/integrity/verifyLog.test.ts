import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { VerificationResult } from "../../contracts/integrity.ts";
import { openAuditSession } from "../../db/auditSession.ts";
import { type LogWorld, logWorld } from "../tlog/test/logWorld.ts";
import { verifyLog } from "./verifyLog.ts";

const EVENTS = 1_300;
const TABLES = ["events", "leaves", "pending_leaves", "tiles", "checkpoints"];
let log: LogWorld;
beforeAll(async () => {
  log = await logWorld();
  const sequencer = log.sequencer();
  // In parts, so that there are checkpoints on the way.
  for (let part = 0; part < 10; part++) {
    await log.events(EVENTS / 10);
    await log.settled();
  }
  await sequencer.stop();
  await log.admin`create schema kept`;
  for (const name of TABLES) await log.admin.unsafe(`create table kept.${name} as table audit.${name}`);
});
afterAll(() => log.close());
afterEach(async () => {
  for (const name of TABLES)
    await log.admin.unsafe(
      `truncate audit.${name} cascade; insert into audit.${name} select * from kept.${name}`,
    );
});

async function verify(goOn = async () => true): Promise<VerificationResult | null> {
  const session = await openAuditSession(log.urls.audit, "test");
  try {
    return await verifyLog(session.query, goOn);
  } finally {
    await session.end();
  }
}

/** What is found, by kind, with the first place. */
async function found() {
  const result = await verify();
  return Object.fromEntries(
    (result?.findings ?? []).map(({ kind, count, first }) => [kind, { count, ...first[0] }]),
  );
}

const at = async (index: number) => {
  const [row] = await log.admin`select event_id as id from audit.leaves where log_index = ${index}`;
  return row?.id as string;
};

test("a log that nobody touched is sound, and all of it was looked at", async () => {
  await log.events(7);
  const result = await verify();
  expect(result).toMatchObject({ forgotten: 0, waiting: 7, findings: [], tiles: 5 });
  expect(result?.leaves).toBe(result?.size);
  expect(result?.events).toBe((result?.leaves ?? 0) + 7);
  expect(result?.checkpoints).toBeGreaterThan(5);
  expect(result?.root).toMatch(/^[0-9a-f]{64}$/);
});

test("an empty log is sound", async () => {
  for (const name of TABLES) await log.admin.unsafe(`truncate audit.${name} cascade`);
  expect(await verify()).toMatchObject({ size: 0, root: null, events: 0, findings: [] });
});

test("a value may not be removed from an event unseen", async () => {
  await log.admin`update audit.events set reason = null, leaf_salt = '' where id = ${await at(500)} and detail = '{}'`;
  await log.admin`update audit.events set reason = null where id = ${await at(501)}`;
  const id = await at(501);
  const gone = await verify();
  expect(gone?.forgotten).toBeGreaterThanOrEqual(1);
  expect(gone?.findings.map(({ kind, count }) => [kind, count])).toEqual([["value-erased", gone?.forgotten]]);
  expect(gone?.findings[0]?.first).toContainEqual({ index: 501, eventId: id });
});

test("a value's first bytes may not be passed off as the last of its salt", async () => {
  await log.admin`update audit.events set leaf_salt = leaf_salt || convert_to(left(reason, 1), 'UTF8'),
    reason = substr(reason, 2) where id = ${await at(700)}`;
  expect(await found()).toEqual({ "event-differs": { count: 1, index: 700, eventId: await at(700) } });
});

test.each([
  ["reason", "reason = 'another reason'"],
  ["particulars", `detail = '{"n": 0}'`],
  ["time", "at = at + interval '1 microsecond'"],
  ["actor", "actor_id = gen_random_uuid()"],
  ["outcome", "outcome = 'denied'"],
  ["salt", "leaf_salt = '\\x00'"],
  ["address, put in where there was none", "ip = '192.0.2.1'"],
  ["user agent, put in where there was none", "user_agent = 'Another Browser 2'"],
])("an event whose %s was changed does not say what its leaf says", async (_, change) => {
  await log.admin.unsafe(`update audit.events set ${change} where id = '${await at(700)}'`);
  expect(await found()).toEqual({ "event-differs": { count: 1, index: 700, eventId: await at(700) } });
});

test("leaves of version 1 say what they said, and nothing of the user agent", async () => {
  const id = await at(700);
  await log.admin`update audit.events set user_agent = 'Example Browser 1' where id = ${id}`;
  await log.admin`update audit.leaves l set leaf = audit.leaf(e, 1) from audit.events e where e.id = l.event_id and e.id = ${id}`;
  expect(Object.keys(await found()), "only that it is not the leaf that was signed").not.toContain(
    "event-differs",
  );
  await log.admin`update audit.events set reason = 'another reason' where id = ${id}`;
  expect(Object.keys(await found())).toContain("event-differs");
});

test("an event and its leaf that were changed alike do not add up to what was signed", async () => {
  const id = await at(600);
  await log.admin`update audit.events set action = 'staff.disabled' where id = ${id}`;
  await log.admin`update audit.leaves l set leaf = audit.leaf(e) from audit.events e where e.id = l.event_id and e.id = ${id}`;
  const kinds = await found();
  expect(Object.keys(kinds).sort()).toEqual(["root-differs", "tile-differs"]);
  expect(kinds["root-differs"]?.size).toBeGreaterThan(600);
  expect(kinds["root-differs"]?.size).toBeLessThanOrEqual(600 + 131);
});

test("a deleted event is missed by its leaf", async () => {
  await log.admin`delete from audit.events where id = ${await at(3)}`;
  expect(await found()).toEqual({ "event-missing": { count: 1, index: 3, eventId: await at(3) } });
});

test("a deleted leaf leaves a hole, and its event without one", async () => {
  const id = await at(1_100);
  await log.admin`delete from audit.leaves where log_index = 1100`;
  expect(await found()).toEqual({
    "leaf-missing": { count: 1, index: 1_100 },
    "event-unlogged": { count: 1, eventId: id },
  });
});

test("two leaves that changed places do not add up to what was signed", async () => {
  for (const [from, to] of [
    [10, 16_000_000],
    [11, 10],
    [16_000_000, 11],
  ] as const)
    await log.admin`update audit.leaves set log_index = ${to} where log_index = ${from}`;
  expect(Object.keys(await found()).sort()).toEqual(["root-differs", "tile-differs"]);
});

test("a log that was cut at its end is shorter than what was signed", async () => {
  await log.admin`delete from audit.events where id in (select event_id from audit.leaves where log_index >= 1290)`;
  await log.admin`delete from audit.leaves where log_index >= 1290`;
  const kinds = await found();
  expect(Object.keys(kinds)).toEqual(["log-shorter"]);
  expect(kinds["log-shorter"]?.index).toBe(1290);
});

test("leaves whose checkpoints were deleted stand beyond the newest", async () => {
  const [row] = await log.admin`select size from audit.checkpoints order by size desc offset 1 limit 1`;
  await log.admin`delete from audit.checkpoints where size > ${row?.size}`;
  expect(await found()).toMatchObject({ "leaf-unsigned": { index: Number(row?.size) } });
});

test("an event that was written past the log has no leaf", async () => {
  await log.admin`insert into audit.events (id, at, actor_kind, action, outcome, leaf_salt)
    values (unseal.uuid7(), now(), 'staff', 'view.opened', 'done', '\\x00')`;
  expect(await found()).toMatchObject({ "event-unlogged": { count: 1 } });
});

test("a leaf that waits although it has its place is there twice", async () => {
  const id = await at(20);
  await log.admin`insert into audit.pending_leaves select event_id, leaf from audit.leaves where log_index = 20`;
  expect(await found()).toEqual({ "leaf-twice": { count: 1, eventId: id } });
});

test("a checkpoint whose root, text or signature was changed is told apart", async () => {
  const [row] = await log.admin`select size from audit.checkpoints order by size limit 1`;
  const size = Number(row?.size);
  await log.admin`update audit.checkpoints set root = sha256(root) where size = ${size}`;
  expect(await found()).toEqual({
    "checkpoint-differs": { count: 1, size },
    "root-differs": { count: 1, size },
  });
  await log.admin`update audit.checkpoints c set root = k.root from kept.checkpoints k where k.size = c.size`;
  await log.admin`update audit.checkpoints set note = replace(note, ${`\n${size}\n`}, ${`\n${size + 1}\n`}) where size = ${size}`;
  expect(await found()).toEqual({ "signature-bad": { count: 1, size } });
});

test("a tile that is not that of the leaves is found, also when it is gone", async () => {
  await log.admin`update audit.tiles set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) where level = 0 and tile = 1`;
  await log.admin`delete from audit.tiles where level = 0 and tile = 3`;
  expect(await found()).toEqual({ "tile-differs": { count: 2, index: 256 } });
});

test("a check that is told to stop stops", async () => {
  expect(await verify(async () => false)).toBeNull();
});
