import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectRequest } from "../../../contracts/legal/collections.ts";
import { makeWorld, type Person, type World } from "../../test/world.ts";
import { approvedRequest } from "../test/approvedRequest.ts";
import { approvedCase, collectedCase, revise } from "../test/collected.ts";
import { collectForRequest } from "./collectForRequest.ts";
import { listCollectedThreads } from "./listCollectedThreads.ts";
import { listCollections } from "./listCollections.ts";
import { readCollection } from "./readCollection.ts";

let world: World;
let first: Person;
let second: Person;
let officer: Person;

beforeAll(async () => {
  world = await makeWorld();
  first = await world.person(["legal_counsel"]);
  second = await world.person(["legal_counsel"]);
  officer = await world.person(["compliance_officer"]);
});
afterAll(() => world.end());

const code = (code: string) => ({ code });
const collect = (requestId: string, ask: Parameters<typeof collectRequest.parse>[0] = {}, by = first) =>
  collectForRequest(by.actor, requestId, collectRequest.parse(ask));
const counsels = () => ({ first, second });

/** Every message of a thread that belongs to a collection, page by page, as the builder reads them. */
async function membersOf(collectionId: string, threadId: string, page = 7): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const rows =
      await world.admin`select * from legal.collected(${collectionId}, ${threadId}, ${after}, ${page})`;
    ids.push(...rows.map((row) => row.message_id as string));
    if (rows.length < page) return ids;
    after = rows.at(-1)?.place as string;
  }
}

describe("what is collected is recorded for good", () => {
  test("query, counts and cut-off are frozen, and the digest is the query's", async () => {
    const { found, requestId, number, accounts, collection } = await collectedCase(world, counsels());
    expect(collection).toMatchObject({
      n: 1,
      requestId,
      requestNumber: number,
      state: "in_review",
      round: 1,
      messages: 20,
      threads: 1,
      categories: ["subscriber", "identification", "traffic", "content"],
      accounts: [{ n: 1, accountId: accounts[0], threads: 1 }],
      counts: { thirdParties: 1, restricted: 0, edited: 0, deleted: 0 },
      barredBy: null,
      rights: { review: true, decide: true, handIn: true, reopen: false },
    });
    expect(createHash("sha256").update(collection.query).digest("hex")).toBe(collection.digest);
    const query = JSON.parse(collection.query);
    // RFC 8785: what was written is what a canonical writer writes.
    const canonical = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(canonical)
        : value && typeof value === "object"
          ? Object.fromEntries(
              Object.entries(value)
                .toSorted(([a], [b]) => (a < b ? -1 : 1))
                .map(([key, one]) => [key, canonical(one)]),
            )
          : value;
    expect(JSON.stringify(canonical(query))).toBe(collection.query);
    expect(query).toMatchObject({
      id: collection.id,
      request: requestId,
      counts: { messages: 20, threads: 1 },
    });
    const [event] = await world.events("legal.collected");
    expect(event).toMatchObject({ outcome: "done", actor_id: first.id });
    expect(event?.detail).toMatchObject({
      collectionId: collection.id,
      digest: collection.digest,
      messages: 20,
    });
    expect(await membersOf(collection.id, found.threadId)).toEqual([...found.messageIds]);
    expect((await listCollections(officer.actor, requestId)).collections).toHaveLength(1);
  });

  test("a recorded collection cannot be rewritten, removed or emptied, not by the administrator either", async () => {
    const { collection } = await collectedCase(world, counsels());
    const id = collection.id;
    for (const attempt of [
      () => world.admin`update legal.collections set cut_off = now() where id = ${id}`,
      () => world.admin`update legal.collection_threads set messages = 1 where collection_id = ${id}`,
      () => world.admin`delete from legal.collection_accounts where collection_id = ${id}`,
      () => world.admin`delete from legal.collections where id = ${id}`,
      () => world.admin`truncate legal.collections cascade`,
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "UN041" });
  });

  test("what arrives, is edited or deleted after the cut-off does not join, however late it is asked for", async () => {
    const { found, collection } = await collectedCase(world, counsels());
    await revise(world, found, 3, { body: "Edited afterwards." });
    await revise(world, found, 4, { body: null, deleted: true });
    await world.admin`insert into sealed.messages (thread_id, id, platform_message_id, sender_id, sent_at, kind, key_id, body_ct, content_mac)
      select thread_id, ${randomUUID()}, 'late', sender_id, sent_at + interval '1 second', kind, key_id, body_ct, content_mac
        from sealed.messages where thread_id = ${found.threadId} limit 1`;
    expect(await membersOf(collection.id, found.threadId, 1)).toEqual([...found.messageIds]);
    const [row] = await world.admin`
      select (legal.sealed_collected(c, ${found.threadId}, ${[found.messageIds[3] as string]})).messages as messages
        from legal.collections c where id = ${collection.id}`;
    expect(row?.messages[0].revisions).toHaveLength(1);
    // The second collection of the request is a supplement that has them.
    const later = await collect(collection.requestId);
    expect(later).toMatchObject({ n: 2, messages: 21, counts: { edited: 1, deleted: 1 } });
  });

  test("a writer that has not committed at the cut-off is waited for: nothing slips in behind it", async () => {
    const { found, requestId } = await approvedCase(world, counsels());
    let collecting: ReturnType<typeof collect> | undefined;
    await world.admin.begin(async (tx) => {
      await tx`insert into sealed.messages (thread_id, id, platform_message_id, sender_id, sent_at, kind, key_id, body_ct, content_mac)
        select thread_id, ${randomUUID()}, 'in flight', sender_id, sent_at + interval '1 second', kind, key_id, body_ct, content_mac
          from sealed.messages where thread_id = ${found.threadId} limit 1`;
      collecting = collect(requestId);
      await expect
        .poll(
          async () =>
            (await world.admin`select from pg_locks where not granted and mode = 'ShareLock'`).length,
        )
        .toBeGreaterThan(0);
      // As intake does: what guards what is held must not wait for the one who waits for this.
      await tx`update sealed.participants set country = 'DE' where thread_id = ${found.threadId}`;
    });
    const collection = await (collecting as ReturnType<typeof collect>);
    expect(collection.messages).toBe(21);
    expect(await membersOf(collection.id, found.threadId)).toHaveLength(21);
  });

  test("what is collected is held: nothing of it can be deleted", async () => {
    const { found, collection } = await collectedCase(world, counsels());
    await expect(
      world.admin`delete from sealed.messages where thread_id = ${found.threadId}`,
    ).rejects.toMatchObject({ code: "UN031" });
    expect(collection.barredBy).toBeNull();
  });

  test("two that collect at once have two numbers", async () => {
    const { requestId } = await approvedCase(world, counsels());
    const made = await Promise.all([collect(requestId), collect(requestId, {}, second), collect(requestId)]);
    expect(made.map(({ n }) => n).sort()).toEqual([1, 2, 3]);
  });
});

test("no page of a long thread costs more than another: none is sorted or gathered anew", async () => {
  const { found, requestId } = await approvedCase(world, counsels());
  await world.admin`insert into sealed.messages (thread_id, id, platform_message_id, sender_id, sent_at, kind, key_id, body_ct, content_mac)
    select m.thread_id, gen_random_uuid(), 'long' || g, m.sender_id, m.sent_at + g * interval '3 seconds', m.kind, m.key_id, m.body_ct, ''
      from (select * from sealed.messages where thread_id = ${found.threadId} limit 1) m, generate_series(1, 20000) g`;
  const collection = await collect(requestId);
  expect(collection.messages).toBe(20_020);
  for (const offset of [0, 10_000, 19_900]) {
    const [at] = await world.admin`select legal.place(sent_at, position, id) as place from sealed.messages
      where thread_id = ${found.threadId} and revision = 1 order by sent_at, position, id offset ${offset} limit 1`;
    const [row] = await world.admin`explain (analyze, buffers, format json)
      select * from legal.collected(${collection.id}, ${found.threadId}, ${at?.place as string}, 51)`;
    const plan = row?.["QUERY PLAN"][0].Plan ?? {};
    expect(plan["Actual Rows"], String(offset)).toBe(51);
    // The thread lies in some 600 blocks.
    expect(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"], String(offset)).toBeLessThan(200);
  }
});

describe("nothing is collected beyond the request", () => {
  test("not before it is approved, nor once it is withdrawn, nor for somebody who is not who they say", async () => {
    const { requestId, collection } = await collectedCase(world, counsels());
    await world.admin`insert into legal.verifications (request_id, requester_version, kind, outcome, staff_id, session_id, note, event_id)
      values (${requestId}, 1, 'domain', 'failed', ${first.id}, ${first.sessionId}, 'Another domain.', ${randomUUID()})`;
    await expect(collect(requestId)).rejects.toMatchObject(code("check-failed"));
    expect((await readCollection(first.actor, collection.id)).barredBy).toBe("check-failed");
    const other = await approvedCase(world, counsels());
    await world.admin`update legal.requests set state = 'withdrawn', ended_by = ${first.id}, ended_reason = 'Withdrawn by letter.'
      where id = ${other.requestId}`;
    await expect(collect(other.requestId)).rejects.toMatchObject(code("request-not-approved"));
    const [denied] = await world.events("legal.collected");
    expect(denied).toMatchObject({ outcome: "denied", actor_id: first.id });
  });

  test("not a category that may not be given, an account or a thread that it does not name, or days outside its dates", async () => {
    const { found, requestId } = await approvedCase(world, counsels(), {
      allowed: ["subscriber", "traffic"],
      from: "2026-01-01T00:05:00Z",
      to: "2026-01-01T00:15:00Z",
    });
    const stranger = await world.case({ accounts: [randomUUID(), randomUUID()] });
    for (const [ask, refusal] of [
      [{ categories: ["content"] }, "category-not-allowed"],
      [{ accounts: [2] }, "unknown-account"],
      [{ threads: [stranger.threadId] }, "unknown-thread"],
      [{ from: "2026-01-01T00:04:59Z" }, "outside-range"],
      [{ until: "2026-01-01T00:15:01Z" }, "outside-range"],
      [{ until: "2026-01-01T00:05:00Z" }, "range-reversed"],
    ] as const)
      await expect(collect(requestId, ask)).rejects.toMatchObject(code(refusal));
    const collection = await collect(requestId);
    expect(collection).toMatchObject({ messages: 10, from: "2026-01-01T00:05:00.000Z" });
    expect(await membersOf(collection.id, found.threadId)).toEqual(found.messageIds.slice(5, 15));
    const narrower = await collect(requestId, { from: "2026-01-01T00:10:00Z", sentBy: "named_accounts" });
    expect(await membersOf(narrower.id, found.threadId)).toEqual(
      [10, 12, 14].map((i) => found.messageIds[i]),
    );
    expect(narrower.messages).toBe(3);
  });

  test("a range that ends before it begins is no request at all", () => {
    expect(() =>
      collectRequest.parse({ from: "2026-02-01T00:00:00Z", until: "2026-01-01T00:00:00Z" }),
    ).toThrow(/ends before it begins/);
  });

  test("not outside the collector's regions: such threads are counted and not told", async () => {
    const { found, requestId, accounts } = await approvedCase(world, counsels());
    await world.case({ accounts: [accounts[0], randomUUID()], region: "us" });
    const collection = await collect(requestId);
    expect(collection).toMatchObject({ threads: 1, outOfRegions: 1, regions: ["eu"] });
    const { threads } = await listCollectedThreads(first.actor, collection.id, { limit: 50 });
    expect(threads.map(({ id }) => id)).toEqual([found.threadId]);
  });

  test("not a thread in which the collector takes part themselves", async () => {
    const { requestId, accounts } = await approvedCase(world, counsels());
    const member = await world.person(["legal_counsel"]);
    await world.admin`insert into staff.platform_accounts (staff_id, platform_id, account_id)
      values (${member.id}, ${world.platformId}, ${accounts[1]})`;
    await expect(collect(requestId, {}, member)).rejects.toMatchObject(code("own-thread"));
  });

  test("an account that does not exist collects nothing, and says so", async () => {
    const { requestId } = await approvedRequest(world, counsels(), { accounts: ["nobody-at-all"] });
    expect(await collect(requestId)).toMatchObject({ threads: 0, messages: 0, accounts: [{ threads: 0 }] });
  });

  test("subscriber data alone takes no thread", async () => {
    const { requestId } = await approvedCase(world, counsels(), { categories: ["subscriber"] });
    expect(await collect(requestId)).toMatchObject({
      threads: 0,
      messages: 0,
      counts: { byCategory: { subscriber: 1 }, thirdParties: 0 },
    });
  });
});

describe("third parties", () => {
  test("a third party has one number in all collections of a request, which tells nothing of them", async () => {
    const { requestId, accounts } = await approvedCase(world, counsels());
    const others = Array.from({ length: 8 }, () => `other-${randomUUID()}`);
    for (const other of others) await world.case({ accounts: [accounts[0], other] });
    const one = await collect(requestId);
    expect(one.counts.thirdParties).toBe(9);
    await world.case({ accounts: [accounts[0], "newcomer"] });
    const two = await collect(requestId);
    const numbers = async (id: string) =>
      new Map(
        (await listCollectedThreads(first.actor, id, { limit: 100 })).threads.map((thread) => [
          thread.id,
          thread.participants.map(({ label, namedBy }) => `${label} ${namedBy}`).sort(),
        ]),
      );
    const [before, after] = [await numbers(one.id), await numbers(two.id)];
    for (const [thread, labels] of before) {
      expect(after.get(thread)).toEqual(labels);
      expect(labels).toContain(`${accounts[0]} request`);
    }
    const all = [...after.values()].flat().filter((label) => label.startsWith("Participant "));
    expect(all.sort()).toEqual(Array.from({ length: 10 }, (_, i) => `Participant ${i + 1} null`).sort());
    const rows =
      await world.admin`select number, platform_participant_id as account from sealed.legal_pseudonyms
      where thread_id = ${requestId} order by number`;
    expect(rows.at(-1)?.account).toBe("newcomer");
    expect(JSON.stringify([...after.values()])).not.toContain("other-");
  });
});

describe("who may not", () => {
  test("officers read what was collected and collect nothing; everybody else learns nothing", async () => {
    const { requestId, collection } = await collectedCase(world, counsels());
    await expect(collect(requestId, {}, officer)).rejects.toMatchObject(code("wrong-role"));
    expect(await readCollection(officer.actor, collection.id)).toMatchObject({
      barredBy: "wrong-role",
      rights: { review: false, decide: false, handIn: false },
    });
    for (const role of ["moderator", "specialist", "lead", "administrator", "auditor"] as const) {
      const member = await world.person([role]);
      await expect(readCollection(member.actor, collection.id)).rejects.toMatchObject(code("wrong-role"));
      await expect(collect(requestId, {}, member)).rejects.toMatchObject(code("wrong-role"));
    }
    const elsewhere = await world.person(["legal_counsel"], { regions: ["us"] });
    await expect(readCollection(elsewhere.actor, collection.id)).rejects.toMatchObject(code("not-found"));
    await expect(collect(requestId, {}, elsewhere)).rejects.toMatchObject(code("not-found"));
  });
});
