import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NOTICE_KINDS } from "../../../contracts/breakGlass.ts";
import { workerSql } from "../../../db/worker-client.ts";
import {
  ERASURE_SCOPES,
  ERASURE_STATES,
  HOLD_CLOCKS,
  LEGAL_HOLD_KINDS,
} from "../../../domain/legal/holdWords.ts";
import { NOTICE_CHANNELS, NOTICE_STATES, REVIEW_OUTCOMES } from "../../../domain/legal/notice/words.ts";
import { listNotices } from "../../access/listNotices.ts";
import { makeWorld, type Person, type World } from "../../test/world.ts";
import { closeRequest } from "../requests/closeRequest.ts";
import { withdrawRequest } from "../requests/withdrawRequest.ts";
import { approvedRequest } from "../test/approvedRequest.ts";
import { age, received } from "../test/preservation.ts";
import { callOffRelease } from "./callOffRelease.ts";
import { checkHold } from "./checkHold.ts";
import { confirmProduction } from "./confirmProduction.ts";
import { hashHolds } from "./hashHolds.ts";
import { listHolds } from "./listHolds.ts";
import { listRequestHolds } from "./listRequestHolds.ts";
import { makeHold } from "./makeHold.ts";
import { readHold } from "./readHold.ts";
import { releaseHold } from "./releaseHold.ts";
import { renewHold } from "./renewHold.ts";
import { reviewHold } from "./reviewHold.ts";

const WHY = "The authority asked for it in the letter that is attached.";
const AGAIN = "The authority renewed its request in a second letter.";
const DAY = 86_400_000;
const code = (word: string) => ({ code: word });
const held = { code: "UN031" };

let world: World;
let counsel: Person;
let second: Person;
let officer: Person;
beforeAll(async () => {
  world = await makeWorld();
  counsel = await world.person(["legal_counsel"]);
  second = await world.person(["legal_counsel"]);
  officer = await world.person(["compliance_officer"]);
});
afterAll(() => world.end());

const asOwner = (statement: string) =>
  world.admin.begin(async (tx) => {
    await tx`set local role unseal_owner`;
    return (await tx.unsafe(statement)).count;
  });

/** A thread of an account of its own under a preservation. */
async function frozen(kind: "2703f" | "epoc_pr" = "2703f") {
  const account = `p-${randomUUID()}`;
  const found = await world.case({ accounts: [account, "p-other"], files: [3] });
  const requestId = await received(world, counsel, {
    type: kind === "2703f" ? "preservation_2703f" : "epoc_pr",
    jurisdiction: kind === "2703f" ? "US" : "EU",
    accounts: [account],
    policy: "not_applicable",
  });
  const { holdId, until } = await makeHold(counsel.actor, requestId, { kind, reason: WHY });
  return { account, found, requestId, holdId, until: until ?? "" };
}

test("the clocks of the pages are the clocks of the database", async () => {
  for (const kind of LEGAL_HOLD_KINDS) {
    const [row] = await world.admin`
      select extract(epoch from lasts)::int / 86400 as days, extract(epoch from renewal)::int / 86400 as renewal, renewals,
        until_asked as asked from legal.hold_clock(${kind})`;
    const clock = HOLD_CLOCKS[kind];
    expect({ ...row }, kind).toEqual({
      days: clock.days,
      renewal: clock.renewalDays,
      renewals: clock.renewals,
      asked: clock.untilAsked,
    });
  }
});

test("the words of holds, erasures and notices are the database's", async () => {
  const words = async (table: string, column: string) => {
    const rows = await world.admin`
      select pg_get_constraintdef(c.oid) as text from pg_constraint c
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
       where c.conrelid = ${table}::regclass and c.contype = 'c' and cardinality(c.conkey) = 1 and a.attname = ${column}`;
    return rows.flatMap(({ text }) => [...text.matchAll(/'([^']+)'::text/g)].map((match) => match[1])).sort();
  };
  const same = async (table: string, column: string, list: readonly string[]) =>
    expect(await words(table, column), `${table}.${column}`).toEqual([...list].sort());
  await same("legal.holds", "kind", LEGAL_HOLD_KINDS);
  await same("legal.erasures", "state", ERASURE_STATES);
  await same("legal.erasures", "scope", ERASURE_SCOPES);
  await same("legal.notices", "state", NOTICE_STATES);
  await same("legal.notices", "channel", NOTICE_CHANNELS);
  await same("legal.gag_reviews", "outcome", REVIEW_OUTCOMES);
  await same("access.notices", "kind", NOTICE_KINDS);
});

describe("what is held", () => {
  test("cannot be deleted, written over or emptied, by the owner or the superuser", async () => {
    const { found } = await frozen();
    const where = `where thread_id = '${found.threadId}'`;
    for (const statement of [
      ...["thread_keys", "messages", "participants", "attachments", "flag_words"].flatMap((table) => [
        `delete from sealed.${table} ${where}`,
        `truncate sealed.${table}`,
        `update sealed.${table} set thread_id = '${randomUUID()}' ${where}`,
      ]),
      `update sealed.messages set body_ct = null ${where}`,
      `update sealed.messages set content_mac = '\\x00' ${where}`,
      `update sealed.attachments set location_ct = '\\x00' ${where}`,
      `update sealed.flag_words set words_ct = '\\x00' ${where}`,
      `update sealed.participants set platform_participant_id = 'p-elsewhere' ${where}`,
      `update sealed.thread_keys set created_at = now() ${where}`,
    ]) {
      await expect(asOwner(statement), statement).rejects.toMatchObject(held);
      await expect(world.admin.unsafe(statement), statement).rejects.toMatchObject(held);
    }
    const free = await world.case();
    expect(await asOwner(`delete from sealed.messages where thread_id = '${free.threadId}'`)).toBeGreaterThan(
      0,
    );
  });

  test("cannot be deleted through a snapshot that is older than the hold", async () => {
    const account = `p-${randomUUID()}`;
    const found = await world.case({ accounts: [account, "p-other"] });
    const requestId = await received(world, counsel, { accounts: [account] });
    const old = await world.admin.reserve();
    await old`begin isolation level repeatable read`;
    await old`select count(*) from legal.holds`;
    await makeHold(counsel.actor, requestId, { kind: "2703f", reason: WHY });
    await expect(old`delete from sealed.messages where thread_id = ${found.threadId}`).rejects.toMatchObject(
      held,
    );
    await old`rollback`;
    old.release();
  });

  test("takes in what arrives while it lasts, before any job has run: a message, and a whole thread", async () => {
    const { account, found, holdId } = await frozen();
    await world.admin`insert into sealed.messages (thread_id, id, platform_message_id, sender_id, sent_at, kind, key_id, body_ct, content_mac)
      select thread_id, gen_random_uuid(), 'later', sender_id, now(), kind, key_id, body_ct, content_mac from sealed.messages
       where thread_id = ${found.threadId} limit 1`;
    await expect(
      asOwner(
        `delete from sealed.messages where thread_id = '${found.threadId}' and platform_message_id = 'later'`,
      ),
    ).rejects.toMatchObject(held);
    const later = await world.case({ accounts: ["p-other", account] });
    await expect(
      asOwner(`delete from sealed.participants where thread_id = '${later.threadId}'`),
    ).rejects.toMatchObject(held);
    await hashHolds();
    const detail = await readHold(counsel.actor, holdId);
    expect(detail).toMatchObject({ arrived: 1, hashing: { done: 2, total: 2 }, frozen: { threads: 1 } });
  });

  test("keeps what an account called itself and how its keys were wrapped, when they are written over", async () => {
    const { found, holdId } = await frozen();
    await hashHolds();
    const where = `where thread_id = '${found.threadId}'`;
    const [before] = await world.admin.unsafe(
      `select identity_ct from sealed.participants ${where} order by id`,
    );
    await asOwner(`update sealed.participants set identity_ct = '\\x01', age_band = 'minor' ${where}`);
    await asOwner(`update sealed.thread_keys set wrapped = '\\x02', kek_id = 'other' ${where}`);
    const [kept] = await world.admin.unsafe(
      `select identity_ct, n from sealed.kept_identities ${where} order by id`,
    );
    expect(kept).toEqual({ identity_ct: before?.identity_ct, n: 1 });
    expect(await world.admin.unsafe(`select 1 from sealed.kept_keys ${where}`)).toHaveLength(1);
    await expect(asOwner(`delete from sealed.kept_identities ${where}`)).rejects.toMatchObject(held);
    await checkHold(counsel.actor, holdId);
    await hashHolds();
    expect((await readHold(counsel.actor, holdId)).check).toMatchObject({ done: 1, total: 1, differing: 0 });
  });

  test("is asked for by an index, however many words a thread has outside the range", async () => {
    const account = `p-${randomUUID()}`;
    const found = await world.case({ accounts: [account] });
    const requestId = await received(world, counsel, {
      accounts: [account],
      from: "2001-01-01T00:00:00Z",
      to: "2002-01-01T00:00:00Z",
    });
    await makeHold(counsel.actor, requestId, { kind: "2703f", reason: WHY });
    await world.admin`
      insert into sealed.messages (thread_id, id, revision, platform_message_id, sender_id, sent_at, kind, key_id, body_ct, content_mac,
        position)
      select m.thread_id, gen_random_uuid(), 1, 'many-' || i, m.sender_id, m.sent_at, m.kind, m.key_id, m.body_ct, m.content_mac, 1000 + i
        from (select * from sealed.messages where thread_id = ${found.threadId} limit 1) m, generate_series(1, 3000) i`;
    await world.admin`analyze sealed.messages`;
    const [asked] = await world.admin.begin(async (tx) => {
      await tx`select sealed.is_held(${found.threadId})`;
      return tx`select pg_stat_get_xact_numscans('sealed.messages_in_order'::regclass)::int as scans`;
    });
    expect(asked?.scans).toBeGreaterThan(0);
  });

  test("outside the range that was asked, nothing is held that has no word in it", async () => {
    const account = `p-${randomUUID()}`;
    // Messages of January 2026, a minute each.
    const found = await world.case({ accounts: [account, "p-other"] });
    const of = (from: string, to: string) => received(world, counsel, { accounts: [account], from, to });
    await makeHold(counsel.actor, await of("2025-06-01T00:00:00Z", "2025-07-01T00:00:00Z"), {
      kind: "2703f",
      reason: WHY,
    });
    expect(
      await asOwner(`update sealed.messages set kind = 'media' where thread_id = '${found.threadId}'`),
    ).toBe(20);
    const made = await makeHold(counsel.actor, await of("2026-01-01T00:05:00Z", "2026-01-01T00:10:00Z"), {
      kind: "2703f",
      reason: WHY,
    });
    expect(made).toMatchObject({ threads: 1, messages: 20 });
    expect((await readHold(counsel.actor, made.holdId)).frozen).toMatchObject({ messages: 20, inRange: 5 });
    await expect(
      asOwner(`delete from sealed.messages where thread_id = '${found.threadId}'`),
    ).rejects.toMatchObject(held);
  });
});

describe("the clock of a preservation", () => {
  test("runs 90 days, is renewed once by 90, and never again", async () => {
    const { requestId, holdId, until } = await frozen();
    const [hold] =
      await world.admin`select until_at - from_at = interval '2160 hours' as ninety from legal.holds where id = ${holdId}`;
    expect(hold?.ninety).toBe(true);
    const renewal = { reason: AGAIN, reference: "Letter 2", expectedUntil: until };
    await expect(
      renewHold(counsel.actor, holdId, { reason: AGAIN, expectedUntil: until }),
    ).rejects.toMatchObject(code("needs-reference"));
    const both = await Promise.allSettled([
      renewHold(counsel.actor, holdId, renewal),
      renewHold(second.actor, holdId, renewal),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    const renewed = await readHold(counsel.actor, holdId);
    expect(Date.parse(renewed.until ?? "") - Date.parse(until)).toBe(90 * DAY);
    await expect(
      renewHold(counsel.actor, holdId, { ...renewal, expectedUntil: renewed.until ?? "" }),
    ).rejects.toMatchObject(code("renewals-used-up"));
    await expect(makeHold(counsel.actor, requestId, { kind: "2703f", reason: WHY })).rejects.toMatchObject(
      code("already-held"),
    );
    // Nor by a function that forgets to ask.
    for (const change of [
      "until_at = until_at + interval '90 days', renewals = 2",
      "until_at = now() + interval '1 day'",
      "range_from = now()",
      "kind = 'yearly'",
      "until_at = null",
    ])
      await expect(
        asOwner(`update legal.holds set ${change} where id = '${holdId}'`),
        change,
      ).rejects.toMatchObject(held);
    expect(await asOwner(`delete from legal.holds where id = '${holdId}'`)).toBe(0);
  });

  test("runs 60 days for a European one, 30 more once, and without an end when the production is confirmed", async () => {
    const { holdId, until } = await frozen("epoc_pr");
    const renewed = await renewHold(counsel.actor, holdId, {
      reason: AGAIN,
      reference: "Annex VI",
      expectedUntil: until,
    });
    expect(Date.parse(renewed.until ?? "") - Date.parse(until)).toBe(30 * DAY);
    const other = await received(world, counsel, { type: "warrant", accounts: ["p-0"] });
    const confirm = (requestId: string) =>
      confirmProduction(counsel.actor, holdId, { requestId, reference: "Annex V" });
    await expect(confirm(other)).rejects.toMatchObject(code("no-such-production"));
    const epoc = await received(world, counsel, {
      type: "epoc",
      jurisdiction: "EU",
      accounts: ["p-0"],
      policy: "not_applicable",
    });
    expect(await confirm(epoc)).toMatchObject({ state: "live", until: null });
    await expect(confirm(epoc)).rejects.toMatchObject(code("hold-not-renewable"));
    await reviewHold(counsel.actor, holdId, { reason: "The order to produce is still being worked on." });
  });

  test("ends by itself, without a job; the job records it once and reminds 30, 7 and 1 days before", async () => {
    const { account, found, holdId, requestId } = await frozen();
    const notices = () =>
      world.admin`select kind, days_left from access.notices where hold_id = ${holdId} order by id`;
    const remind = () => workerSql()`select * from legal.keep_holds_in_mind()`;
    await remind();
    expect(await notices()).toHaveLength(0);
    for (const [by, days] of [
      ["61 days", 30],
      ["22 days", 7],
      ["6 days", 1],
    ] as const) {
      await age(world, holdId, by);
      await remind();
      await remind();
      expect((await notices()).at(-1), by).toEqual({ kind: "hold_ending", days_left: days });
    }
    expect(await notices()).toHaveLength(3);
    // Counsel and officers take note of it like of anything else; whoever it is about is not told.
    const involved = await world.person(["legal_counsel"]);
    await world.admin`insert into staff.platform_accounts (staff_id, platform_id, account_id)
      values (${involved.id}, ${world.platformId}, ${account})`;
    await world.admin`update legal.holds set reminded = null where id = ${holdId}`;
    await remind();
    const toldTo = async (who: Person) =>
      (await listNotices(who.actor, { open: true, limit: 100 })).notices.filter(
        (one) => one.holdId === holdId,
      );
    expect(await toldTo(counsel)).toMatchObject([
      {
        kind: "hold_ending",
        daysLeft: 1,
        lawfulRequest: { id: requestId, number: expect.stringMatching(/^LR-\d{6}$/) },
      },
      {},
      {},
      {},
    ]);
    expect(await toldTo(officer)).toHaveLength(4);
    expect(await toldTo(involved)).toEqual([]);
    await age(world, holdId, "2 days");
    expect((await readHold(officer.actor, holdId)).state).toBe("lapsed");
    await expect(
      renewHold(counsel.actor, holdId, {
        reason: AGAIN,
        reference: "Letter 2",
        expectedUntil: "2026-01-01T00:00:00Z",
      }),
    ).rejects.toMatchObject(code("hold-over"));
    await remind();
    await remind();
    expect((await notices()).at(-1)).toEqual({ kind: "hold_lapsed", days_left: 0 });
    expect((await readHold(counsel.actor, holdId)).steps.map((step) => step.what)).toEqual([
      "made",
      "lapsed",
    ]);
    expect(await asOwner(`delete from sealed.messages where thread_id = '${found.threadId}'`)).toBe(20);
    await expect(
      asOwner(
        `update legal.holds set renewals = 1, until_at = until_at + interval '2160 hours' where id = '${holdId}'`,
      ),
    ).rejects.toMatchObject(held);
  });
});

test("counsel at work on a hold and the job that calls it to mind never wait for each other in a circle", async () => {
  const { requestId, holdId } = await frozen();
  await age(world, holdId, "91 days");
  const remind = () => workerSql()`select * from legal.keep_holds_in_mind()`;
  const round = await world.admin.begin(async (tx) => {
    await tx`select from legal.requests where id = ${requestId} for update`;
    const going = remind().then(
      () => null,
      (error: unknown) => error,
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    await tx`select from legal.holds where id = ${holdId} for update`;
    return { going };
  });
  expect(await round.going).toBeNull();
  await remind();
  expect((await readHold(officer.actor, holdId)).steps.at(-1)?.what).toBe("lapsed");
});

describe("release", () => {
  test("takes a second counsel while the request is open, never the one who asked", async () => {
    const { found, requestId, holdId } = await frozen();
    const reason = "The authority has withdrawn what it asked for.";
    expect(await releaseHold(counsel.actor, holdId, { reason })).toMatchObject({
      state: "live",
      releaseAsked: true,
    });
    await expect(releaseHold(counsel.actor, holdId, { reason })).rejects.toMatchObject(code("own-request"));
    await callOffRelease(counsel.actor, holdId);
    await expect(callOffRelease(counsel.actor, holdId)).rejects.toMatchObject(code("no-release"));
    await expect(
      asOwner(
        `update legal.holds set released_by = '${second.id}', released_at = now(), release_reason = 'x' where id = '${holdId}'`,
      ),
    ).rejects.toMatchObject(held);
    await releaseHold(counsel.actor, holdId, { reason });
    await expect(
      asOwner(
        `update legal.holds set released_by = '${counsel.id}', released_at = now() where id = '${holdId}'`,
      ),
    ).rejects.toMatchObject(held);
    expect(await releaseHold(second.actor, holdId, { reason })).toMatchObject({ state: "released" });
    const [event] = await world.events("legal.hold_released");
    expect(event).toMatchObject({ actor_id: second.id, subject_staff_id: counsel.id });
    expect((await listRequestHolds(counsel.actor, requestId)).mayMake).not.toContain("2703f");
    expect(await asOwner(`delete from sealed.messages where thread_id = '${found.threadId}'`)).toBe(20);
  });

  test("takes one counsel when the request is over, but never alone the one who ended it", async () => {
    const reason = "The request was withdrawn.";
    const [one, other, both] = await Promise.all([frozen(), frozen(), frozen()]);
    for (const { requestId } of [one, other, both])
      await withdrawRequest(counsel.actor, requestId, { reason: "The authority takes it back, by letter." });
    expect(await releaseHold(second.actor, one.holdId, { reason })).toMatchObject({ state: "released" });
    expect(await releaseHold(counsel.actor, other.holdId, { reason })).toMatchObject({
      state: "live",
      releaseAsked: true,
    });
    await expect(releaseHold(counsel.actor, other.holdId, { reason })).rejects.toMatchObject(
      code("own-request"),
    );
    await expect(
      asOwner(
        `update legal.holds set released_by = '${counsel.id}', released_at = now() where id = '${other.holdId}'`,
      ),
    ).rejects.toMatchObject(held);
    const confirm = async (by: Person) =>
      (await listRequestHolds(by.actor, other.requestId)).holds[0]?.may.confirmRelease;
    expect([await confirm(counsel), await confirm(second)]).toEqual([false, true]);
    expect(await releaseHold(second.actor, other.holdId, { reason })).toMatchObject({ state: "released" });
    // Whoever ended it may be the second of two.
    await releaseHold(counsel.actor, both.holdId, { reason });
    await callOffRelease(second.actor, both.holdId);
    await closeRequest(second.actor, both.requestId, {});
    expect(await releaseHold(second.actor, both.holdId, { reason })).toMatchObject({ releaseAsked: true });
    expect(await releaseHold(counsel.actor, both.holdId, { reason })).toMatchObject({ state: "released" });
  });
});

describe("what was frozen", () => {
  test("is hashed in the background, and a later change is found", async () => {
    const { found, holdId } = await frozen();
    await expect(checkHold(counsel.actor, holdId)).rejects.toMatchObject(code("hold-not-hashed"));
    await hashHolds();
    const [logged] = await world.events("legal.hold_hashed");
    expect(logged?.detail).toMatchObject({ holdId, threads: 1, messages: 20 });
    // By somebody who may alter tables, since nobody else can.
    await world.admin.begin(async (tx) => {
      await tx`alter table sealed.messages disable trigger keep_held`;
      await tx`update sealed.messages set body_ct = '\\x00' where thread_id = ${found.threadId} and platform_message_id = 'm-3'`;
      await tx`alter table sealed.messages enable trigger keep_held`;
    });
    await checkHold(counsel.actor, holdId);
    await expect(checkHold(counsel.actor, holdId)).rejects.toMatchObject(code("check-under-way"));
    await hashHolds();
    const detail = await readHold(counsel.actor, holdId);
    expect(detail.check).toMatchObject({ differing: 1, total: 1 });
    expect(detail.threads).toMatchObject([{ threadId: found.threadId, same: false }]);
    const [checked] = await world.events("legal.hold_checked");
    expect(checked).toMatchObject({ outcome: "failed", detail: { holdId, differing: 1 } });
    await expect(
      asOwner(`update legal.hold_threads set sha256 = sha256('x') where hold_id = '${holdId}'`),
    ).rejects.toMatchObject(held);
  });
});

describe("who may", () => {
  test("officers see days and figures and change nothing; the rest sees nothing", async () => {
    const { requestId, holdId, account } = await frozen();
    const page = await listHolds(officer.actor, { limit: 100 });
    const row = page.holds.find((hold) => hold.id === holdId);
    expect(row).toMatchObject({ accounts: 1, may: { renew: false, release: false, check: false } });
    expect(JSON.stringify([page, await readHold(officer.actor, holdId)])).not.toContain(account);
    await expect(makeHold(officer.actor, requestId, { kind: "2703f", reason: WHY })).rejects.toMatchObject(
      code("wrong-role"),
    );
    await expect(releaseHold(officer.actor, holdId, { reason: WHY })).rejects.toMatchObject(
      code("wrong-role"),
    );
    for (const role of ["moderator", "lead", "specialist", "administrator", "auditor"] as const) {
      const person = await world.person([role]);
      await expect(listHolds(person.actor, { limit: 10 }), role).rejects.toMatchObject(code("wrong-role"));
      await expect(readHold(person.actor, holdId), role).rejects.toMatchObject(code("wrong-role"));
    }
  });

  test("a kind that the request does not bring, an end where the clock runs, or none where it must, is refused", async () => {
    const { requestId } = await approvedRequest(world, { first: counsel, second });
    const make = (hold: object) => makeHold(counsel.actor, requestId, { reason: WHY, ...hold } as never);
    const until = new Date(Date.now() + 30 * DAY).toISOString();
    await expect(make({ kind: "2703f" })).rejects.toMatchObject(code("hold-kind-does-not-fit"));
    await expect(make({ kind: "yearly", until })).rejects.toMatchObject(code("hold-has-its-clock"));
    await expect(make({ kind: "other" })).rejects.toMatchObject(code("hold-needs-end"));
    await expect(make({ kind: "other", until: "2020-01-01T00:00:00Z" })).rejects.toMatchObject(
      code("already-past"),
    );
    await expect(make({ kind: "yearly", accounts: [9] })).rejects.toMatchObject(code("no-account-named"));
    await expect(make({ kind: "yearly", reason: "x" })).rejects.toMatchObject(
      code("reason-without-substance"),
    );
    const made = await make({ kind: "other", until });
    expect(made.until).toBe(until);
  });

  test("pages are cut by what ends first", async () => {
    const first = await listHolds(counsel.actor, { limit: 2 });
    const rest = await listHolds(counsel.actor, { limit: 100, cursor: first.nextCursor ?? "" });
    const all = await listHolds(counsel.actor, { limit: 100 });
    expect([...first.holds, ...rest.holds].map((hold) => hold.id)).toEqual(all.holds.map((hold) => hold.id));
    await expect(listHolds(counsel.actor, { limit: 2, cursor: "e30" })).rejects.toMatchObject(
      code("bad-cursor"),
    );
  });
});
