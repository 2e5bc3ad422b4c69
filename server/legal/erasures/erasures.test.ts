import { createHash, randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ErasureReceipt } from "../../../contracts/legal/erasures.ts";
import type { Problem } from "../../../contracts/problem.ts";
import { openView } from "../../disclosure/openView.ts";
import { readView } from "../../disclosure/readView.ts";
import { readErasureReceipt, receiveErasure } from "../../intake/erasures.ts";
import { platformKeyHash } from "../../intake/platformActor.ts";
import { type Case, makeWorld, type Person, type World } from "../../test/world.ts";
import { claimCase } from "../../triage/claimCase.ts";
import { makeHold } from "../holds/makeHold.ts";
import { releaseHold } from "../holds/releaseHold.ts";
import { age, received } from "../test/preservation.ts";
import { listErasures } from "./listErasures.ts";
import { readErasure } from "./readErasure.ts";
import { runErasures } from "./runErasures.ts";

const WHY = "The authority asked for it in the letter that is attached.";
const code = (word: string) => ({ code: word });

let world: World;
let counsel: Person;
let second: Person;
let officer: Person;
let key: string;
beforeAll(async () => {
  world = await makeWorld();
  counsel = await world.person(["legal_counsel"]);
  second = await world.person(["legal_counsel"]);
  officer = await world.person(["compliance_officer"]);
  key = await platformKey(["erasures:write"]);
});
afterAll(() => world.end());

async function platformKey(scopes: string[], slug = "example-platform"): Promise<string> {
  const made = `uns_${randomBytes(32).toString("base64url")}`;
  await world.admin`select intake.add_key(${slug}, 'test', ${platformKeyHash(made)}, null, ${scopes})`;
  return made;
}

const URL_OF = "http://localhost/api/intake/v1/erasures";
const ask = (body: object | string, bearer = key) =>
  receiveErasure(
    new Request(URL_OF, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    }),
  );
const told = async (id: string, bearer = key) =>
  (await (
    await readErasureReceipt(
      new Request(`${URL_OF}/${encodeURIComponent(id)}`, { headers: { authorization: `Bearer ${bearer}` } }),
    )
  ).json()) as ErasureReceipt & Problem;

const decided = (found: Case) =>
  world.admin`update triage.cases set state = 'decided', decided_at = now() where id = ${found.id}`;

/** A decided case with an account of its own, and an erasure that asks for it. */
async function asked({ open = false } = {}) {
  const account = `p-${randomUUID()}`;
  const found = await world.case({ accounts: [account, "p-other"], files: [2, 3], flagged: [11] });
  if (!open) await decided(found);
  const id = `erasure-${randomUUID()}`;
  expect((await ask({ id, account: { id: account } })).status).toBe(202);
  return { account, found, id };
}

const rows = async (table: string, threadId: string) =>
  (await world.admin.unsafe(`select 1 from sealed.${table} where thread_id = '${threadId}'`)).length;

describe("the platforms' door", () => {
  test("takes an erasure once, by its id, and never for another account under the same id", async () => {
    const ask1 = { id: "once", account: { id: "p-nobody" }, askedAt: "2026-11-01T10:00:00Z" };
    const both = await Promise.all([ask(ask1), ask(ask1)]);
    expect(both.map((one) => one.status)).toEqual([202, 202]);
    const [a, b] = (await Promise.all(both.map((one) => one.json()))) as ErasureReceipt[];
    expect(a?.erasureId).toBe(b?.erasureId);
    const again = await ask({ ...ask1, account: { id: "p-somebody" } });
    expect([again.status, ((await again.json()) as Problem).code]).toEqual([409, "erasure-id-reused"]);
    const [count] =
      await world.admin`select count(*)::int as n from legal.erasures where platform_erasure_id = 'once'`;
    expect(count?.n).toBe(1);
    await runErasures();
    // Nothing of it was here: done, and the same answer to whoever sends it again.
    expect(await told("once")).toMatchObject({ state: "done", erased: { threads: 0 }, ground: null });
    expect(await (await ask(ask1)).json()).toMatchObject({ state: "done", erasureId: a?.erasureId });
  });

  test("refuses a key without the scope, another platform's eyes, and what does not fit, in words that repeat nothing", async () => {
    const flags = await platformKey(["flags:write"]);
    const answer = await ask({ id: "x", account: { id: "p-0" } }, flags);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
      403,
      expect.stringContaining('scope="erasures:write"'),
    ]);
    await world.admin`select intake.add_platform('other-platform', 'Other')`;
    expect(await told("once", await platformKey(["erasures:write"], "other-platform"))).toMatchObject({
      status: 404,
    });
    expect(await told("nothing-of-that-name")).toMatchObject(code("erasure-unknown"));
    for (const [body, pointer] of [
      [{ id: "x" }, "/account"],
      [{ id: "x", account: { id: "p-0" }, thread: { id: "t" } }, "/account"],
      [{ id: "", account: { id: "p-0" } }, "/id"],
      [{ id: "x", account: { id: "p-0\u0000" } }, "/account/id"],
      [{ id: "x", account: { id: "p-0" }, why: "secret words" }, "/why"],
      ['{"id":"a","id":"b","account":{"id":"p-0"}}', "/id"],
    ] as const) {
      const refused = await ask(body);
      const problem = (await refused.json()) as Problem;
      expect([refused.status, problem.errors?.[0]?.pointer]).toEqual([422, pointer]);
      expect(JSON.stringify(problem)).not.toContain("secret words");
    }
    expect((await ask("{")).status).toBe(400);
    expect((await ask(JSON.stringify({ id: "x".repeat(20_000) }))).status).toBe(413);
  });
});

describe("an erasure that nothing stands in the way of", () => {
  test("takes the account's messages, files, name and reports, and the keys that nothing else needs; the rest can be read", async () => {
    const { account, found, id } = await asked();
    // One more message of theirs, under a data key of its own, and one more key that the other account needs.
    const [who] =
      await world.admin`select id from sealed.participants where thread_id = ${found.threadId} and platform_participant_id = ${account}`;
    const lone = randomUUID();
    await world.admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
      select thread_id, ${lone}, kek_id, wrapped from sealed.thread_keys where thread_id = ${found.threadId}`;
    await world.admin`insert into sealed.messages (thread_id, id, platform_message_id, sender_id, sent_at, kind, key_id, body_ct, content_mac)
      values (${found.threadId}, gen_random_uuid(), 'lone', ${who?.id}, now(), 'text', ${lone}, '\\x00', '')`;
    await runErasures();
    const receipt = await told(id);
    expect(receipt).toMatchObject({
      state: "done",
      erased: { threads: 1, messages: 11, attachments: 1, identities: 1 },
      ground: null,
    });
    expect(await rows("messages", found.threadId)).toBe(10);
    expect(await rows("attachments", found.threadId)).toBe(1);
    expect(await rows("participants", found.threadId)).toBe(1);
    expect(await rows("flag_words", found.threadId)).toBe(0);
    const keys = await world.admin`select key_id from sealed.thread_keys where thread_id = ${found.threadId}`;
    expect(keys.map((row) => row.key_id)).not.toContain(lone);
    expect(keys).toHaveLength(1);
    const [thread] =
      await world.admin`select message_count, participant_count from triage.threads where id = ${found.threadId}`;
    expect({ ...thread }).toEqual({ message_count: 10, participant_count: 1 });

    await world.admin`update triage.cases set state = 'open', decided_at = null where id = ${found.id}`;
    const moderator = await world.person(["moderator"]);
    await claimCase(moderator.actor, found.id);
    const view = await openView(moderator.actor, found.id, {
      purpose: "user_report_review",
      scope: "flagged_window",
      reason: "Looking at what is left of this thread.",
      preset: false,
    });
    const read = await readView(moderator.actor, view.viewId);
    const content = JSON.stringify(read.reveal());
    expect(content).toContain("Placeholder message 12.");
    expect(content).not.toContain("Placeholder message 11.");
  });

  test("of a thread takes all of it, and leaves a proof that the log bears out and that forgets whose it was", async () => {
    const found = await world.case({ files: [1] });
    await decided(found);
    const id = `thread-${randomUUID()}`;
    await ask({ id, thread: { id: `t-${found.threadId}` } });
    await runErasures();
    for (const table of ["thread_keys", "messages", "participants", "attachments", "flag_words"])
      expect(await rows(table, found.threadId), table).toBe(0);
    const { proofSha256, erasureId } = await told(id);
    const { proof, subject } = await readErasure(counsel.actor, erasureId);
    expect(
      createHash("sha256")
        .update(proof ?? "")
        .digest("hex"),
    ).toBe(proofSha256);
    expect(subject).toBeNull();
    const parsed = JSON.parse(proof ?? "{}");
    expect(parsed).toMatchObject({
      scope: "thread",
      erased: { messages: 20, keys: 1 },
      threads: [{ threadId: found.threadId }],
    });
    // Whoever knows the id can find that it is meant; nobody else.
    const hash = createHash("sha256")
      .update(Buffer.from(parsed.subjectSalt, "hex"))
      .update(`thread:t-${found.threadId}`)
      .digest("hex");
    expect(parsed.subjectSha256).toBe(hash);
    const events = await world.events("legal.erased");
    expect(events.find((event) => event.detail.erasureId === erasureId)?.detail.proofSha256).toBe(
      proofSha256,
    );
    const [row] = await world.admin`select subject from legal.erasures where id = ${erasureId}`;
    expect(row?.subject).toBeNull();
  });

  test("that stops in the middle goes on where it stopped, and counts nothing twice", async () => {
    const { found, id } = await asked();
    const step = (limit: number) => world.admin`select legal.erase_next('{}', ${limit}) as step`;
    await step(3);
    expect(await rows("messages", found.threadId)).toBe(17);
    expect((await told(id)).state).toBe("running");
    await expect(
      world.admin.begin(async (tx) => {
        await tx`select legal.erase_next('{}', 3)`;
        throw new Error("killed");
      }),
    ).rejects.toThrow("killed");
    await runErasures();
    expect(await told(id)).toMatchObject({ state: "done", erased: { messages: 10 } });
  });
});

describe("an erasure that something stands in the way of", () => {
  test("waits for a hold, tells the platform nothing of it, and is done by itself when the hold is released", async () => {
    const account = `p-${randomUUID()}`;
    const found = await world.case({ accounts: [account, "p-other"] });
    const free = await world.case({ accounts: [account, "p-another"] });
    await decided(found);
    await decided(free);
    const requestId = await received(world, counsel, { accounts: [account] });
    const { holdId } = await makeHold(counsel.actor, requestId, { kind: "2703f", reason: WHY });
    const id = `held-${randomUUID()}`;
    await ask({ id, account: { id: account } });
    const late = await asked({ open: true });
    await runErasures();
    expect(await rows("messages", found.threadId)).toBe(20);

    // A hold and an open case are told in the same words.
    const strip = ({ id: _, erasureId: __, receivedAt: ___, ...rest }: ErasureReceipt) => rest;
    const receipt = await told(id);
    expect(receipt.state).toBe("deferred");
    expect(strip(receipt)).toEqual(strip(await told(late.id)));
    expect(JSON.stringify(receipt)).not.toMatch(
      /hold|authority|police|REF-|order|request|case|2703|CyberTip/i,
    );

    const { erasures } = await listErasures(officer.actor, { state: "deferred", limit: 100 });
    const mine = erasures.find((erasure) => erasure.reference === id);
    expect(mine).toMatchObject({
      subject: null,
      threads: { total: 2, erased: 0, deferred: 2 },
      conflicts: [{ kind: "hold", id: holdId, requestId, threads: 2, until: expect.any(String) }],
    });
    expect((await readErasure(counsel.actor, receipt.erasureId)).subject).toBe(account);

    await releaseHold(counsel.actor, holdId, { reason: "The request has come to nothing." });
    await runErasures();
    expect(await rows("messages", found.threadId)).toBe(20);
    await releaseHold(second.actor, holdId, { reason: "Agreed, it has come to nothing." });
    await runErasures();
    expect(await told(id)).toMatchObject({ state: "done", erased: { threads: 2, messages: 20 } });
  });

  test("goes on in the threads that no hold covers, and waits only for the rest, until the clock has run out", async () => {
    const account = `p-${randomUUID()}`;
    const kept = await world.case({ accounts: [account, "p-other"] });
    const free = await world.case({ accounts: [account, "p-other"] });
    await world.admin`update sealed.messages set sent_at = sent_at + interval '90 days' where thread_id = ${free.threadId}`;
    await decided(kept);
    await decided(free);
    const requestId = await received(world, counsel, {
      accounts: [account],
      from: "2026-01-01T00:00:00Z",
      to: "2026-01-02T00:00:00Z",
    });
    const { holdId } = await makeHold(counsel.actor, requestId, { kind: "2703f", reason: WHY });
    const id = `some-${randomUUID()}`;
    await ask({ id, account: { id: account } });
    await runErasures();
    expect(await told(id)).toMatchObject({ state: "deferred", erased: { threads: 1, messages: 10 } });
    expect(await rows("messages", kept.threadId)).toBe(20);
    expect(await rows("messages", free.threadId)).toBe(10);
    await age(world, holdId, "91 days");
    await runErasures();
    expect(await told(id)).toMatchObject({ state: "done" });
    expect(await rows("messages", kept.threadId)).toBe(10);
  });

  test("waits for a report to NCMEC that is not settled, and for what is kept after one", async () => {
    const { found, id } = await asked();
    const writer = await world.person(["specialist"], { clearances: ["child_safety"] });
    const [report] = await world.admin`
      insert into cybertip.reports (case_id, thread_id, platform_id, region, kind, started_by, due_at)
      values (${found.id}, ${found.threadId}, ${world.platformId}, 'eu', 'report', ${writer.id}, now()) returning id`;
    await runErasures();
    const conflicts = async () =>
      (await listErasures(counsel.actor, { limit: 100 })).erasures.find((one) => one.reference === id)
        ?.conflicts;
    expect(await conflicts()).toMatchObject([{ kind: "open_report", id: report?.id }]);
    await world.admin`update cybertip.reports set state = 'withdrawn', withdrawn_reason = 'x', withdrawn_at = now() where id = ${report?.id}`;
    await world.admin`insert into cybertip.holds (thread_id, report_id, kind, from_at, until_at, reason)
      values (${found.threadId}, ${report?.id}, 'preservation', now(), now() + interval '1 year', 'Preserved.')`;
    await runErasures();
    expect(await conflicts()).toMatchObject([{ kind: "cybertip_hold" }]);
    expect(await rows("messages", found.threadId)).toBe(20);
    expect((await told(id)).state).toBe("deferred");
  });
});

describe("a hold and an erasure at the same moment", () => {
  const waiting = async () =>
    (
      await world.admin`select 1 from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`
    ).length;

  test("the hold waits for an erasure that began first, and keeps what is left; nothing is said to be held that is gone", async () => {
    const { account, found } = await asked();
    const requestId = await received(world, counsel, { accounts: [account] });
    const erasing = await world.admin.reserve();
    await erasing`begin`;
    await erasing`select legal.erase_next('{}', 4)`;
    const making = makeHold(counsel.actor, requestId, { kind: "2703f", reason: WHY });
    await expect.poll(waiting).toBe(1);
    await erasing`commit`;
    erasing.release();
    expect(await making).toMatchObject({ threads: 1, messages: 16 });
    await runErasures();
    expect(await rows("messages", found.threadId)).toBe(16);
  });

  test("the erasure waits for a hold that began first, and then leaves everything where it is", async () => {
    const { account, found, id } = await asked();
    const requestId = await received(world, counsel, { accounts: [account] });
    const holding = await world.admin.reserve();
    await holding`begin`;
    await holding`select legal.make_hold(${counsel.actor as never}::jsonb, ${requestId}, ${{ kind: "2703f", reason: WHY } as never}::jsonb)`;
    const erasing = runErasures();
    await expect.poll(waiting).toBe(1);
    await holding`commit`;
    holding.release();
    await erasing;
    expect(await rows("messages", found.threadId)).toBe(20);
    expect((await told(id)).state).toBe("deferred");
  });

  test("whoever wins, what the hold counted is there afterwards", async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => asked()));
    const requests = await Promise.all(
      all.map(({ account }) => received(world, counsel, { accounts: [account] })),
    );
    const [made] = await Promise.all([
      Promise.all(requests.map((id) => makeHold(counsel.actor, id, { kind: "2703f", reason: WHY }))),
      runErasures(),
      runErasures(),
    ]);
    await runErasures();
    for (const [i, { found, id }] of all.entries()) {
      const left = await rows("messages", found.threadId);
      if (made[i]?.threads === 1) {
        expect(left).toBe(made[i]?.messages);
        expect((await told(id)).state).toBe("deferred");
      } else expect([left, (await told(id)).state]).toEqual([10, "done"]);
    }
  });
});

test("nobody but counsel and officers sees erasures, and nobody one of their own account", async () => {
  const { account, id } = await asked({ open: true });
  const { erasureId } = await told(id);
  for (const role of ["moderator", "administrator", "auditor"] as const) {
    const person = await world.person([role]);
    await expect(listErasures(person.actor, { limit: 10 }), role).rejects.toMatchObject(code("wrong-role"));
  }
  const involved = await world.person(["legal_counsel"]);
  await world.admin`insert into staff.platform_accounts (staff_id, platform_id, account_id)
    values (${involved.id}, ${world.platformId}, ${account})`;
  await expect(readErasure(involved.actor, erasureId)).rejects.toMatchObject(code("not-found"));
  const { erasures } = await listErasures(involved.actor, { limit: 100 });
  expect(erasures.map((one) => one.id)).not.toContain(erasureId);
});
