import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FlagInput } from "../../contracts/intake.ts";
import { joinPriority } from "../../domain/intake/priority.ts";
import { aFlag, type Door, openDoor, problemOf, receiptOf } from "./test/door.ts";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const caseRow = async (id: string) => (await door.admin`select * from triage.cases where id = ${id}`)[0];
const rowsOf = async (thread: string) => {
  const [row] = await door.admin`
    select t.message_count, t.participant_count, t.minor_count,
           (select count(*)::int from sealed.messages m where m.thread_id = t.id) as revisions,
           (select count(*)::int from sealed.thread_keys k where k.thread_id = t.id) as keys
      from triage.threads t where t.platform_thread_id = ${thread}`;
  return row;
};

/** Another flag on the thread of the first. */
function again(
  first: FlagInput,
  change: Partial<FlagInput> = {},
  thread: Partial<FlagInput["thread"]> = {},
): FlagInput {
  return { ...aFlag(change), thread: { ...first.thread, ...thread } };
}

async function decide(caseId: string): Promise<void> {
  await door.admin`update triage.cases set state = 'decided', decided_at = now() where id = ${caseId}`;
}

describe("a first flag", () => {
  test("opens a case, with its event and pending leaf in the log", async () => {
    const flag = aFlag();
    const receipt = await receiptOf(await door.sendOne(flag));
    expect(receipt).toMatchObject({ id: flag.id, joinedCase: false, previousCaseId: null, newMessages: 3 });
    expect(await caseRow(receipt.caseId)).toMatchObject({
      state: "open",
      queue_id: door.queueId,
      category: "harassment",
      region: "eu",
      severity: 2,
      flag_count: 1,
      message_count: 3,
      participant_count: 2,
      minor_count: 0,
      sources: ["user_report"],
    });
    const events = await door.admin`
      select e.*, l.leaf from audit.events e join audit.every_leaf l on l.event_id = e.id
       where e.flag_id = ${receipt.flagId}`;
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      action: "intake.flag_accepted",
      outcome: "done",
      actor_kind: "platform",
      actor_id: door.platformId,
      case_id: receipt.caseId,
      queue_id: door.queueId,
    });
    const leaf = JSON.parse(events[0]?.leaf);
    expect(leaf).toMatchObject({ v: 2, id: events[0]?.id, actorId: door.platformId, flagId: receipt.flagId });
    expect(Object.keys(leaf)).toEqual(Object.keys(leaf).sort());
  });

  test("goes to the most specific queue of its category and region, and into no other", async () => {
    const eu = await door.newQueue("Fraud EU", { category: "fraud_spam", region: "eu", rank: 10 });
    const fraud = await door.newQueue("Fraud", { category: "fraud_spam", rank: 20 });
    const queueOf = async (region: "eu" | "us") => {
      const flag = aFlag({ category: "fraud_spam" });
      const receipt = await receiptOf(await door.sendOne({ ...flag, thread: { ...flag.thread, region } }));
      return (await caseRow(receipt.caseId))?.queue_id;
    };
    expect(await queueOf("eu")).toBe(eu);
    expect(await queueOf("us")).toBe(fraud);
  });

  test("keeps messages of one second in the order in which the platform listed them", async () => {
    const flag = aFlag({ messages: 12 });
    const messages = flag.thread.messages.map((m) => ({ ...m, sentAt: "2026-03-01T09:00:00Z" }));
    await receiptOf(await door.sendOne({ ...flag, thread: { ...flag.thread, messages } }));
    const order = await door.admin`
      select m.platform_message_id as id from triage.threads t, sealed.in_order(t.id) o, sealed.messages m
       where t.platform_thread_id = ${flag.thread.id} and m.thread_id = t.id and m.id = o.id order by o.pos`;
    expect(order.map((row) => row.id)).toEqual(messages.map((m) => m.id));
  });
});

describe("a further flag on a thread with an open case", () => {
  test("joins the case, raises its priority, and never moves the due date back", async () => {
    const first = aFlag({ severity: "low" });
    const opened = await receiptOf(await door.sendOne(first));
    const before = await caseRow(opened.caseId);
    const milder = await receiptOf(await door.sendOne(again(first, { severity: "low", source: "keyword" })));
    expect(milder).toMatchObject({ caseId: opened.caseId, joinedCase: true, newMessages: 0 });
    const between = await caseRow(opened.caseId);
    expect(between?.priority).toBeGreaterThan(before?.priority);
    expect(between?.due_at).toEqual(before?.due_at);
    await receiptOf(await door.sendOne(again(first, { severity: "critical", source: "classifier" })));
    const after = await caseRow(opened.caseId);
    expect(after?.priority).toBeGreaterThan(between?.priority);
    expect(after?.due_at.getTime()).toBeLessThan(before?.due_at.getTime());
    expect(after).toMatchObject({
      flag_count: 3,
      severity: 4,
      sources: ["classifier", "keyword", "user_report"],
    });
    expect(await door.admin`select 1 from triage.cases where thread_id = ${before?.thread_id}`).toHaveLength(
      1,
    );
  });

  test("brings what is new, stores nothing twice, and keeps an edited message as a further revision", async () => {
    const first = aFlag();
    await receiptOf(await door.sendOne(first));
    const [one, two, three] = first.thread.messages as [
      FlagInput["thread"]["messages"][0],
      FlagInput["thread"]["messages"][0],
      FlagInput["thread"]["messages"][0],
    ];
    const edited = { ...two, body: "Changed.", editedAt: "2026-03-02T00:00:00Z" };
    const added = { ...three, id: "m-4" };
    const receipt = await receiptOf(await door.sendOne(again(first, {}, { messages: [one, edited, added] })));
    expect(receipt.newMessages).toBe(1);
    expect(await rowsOf(first.thread.id)).toMatchObject({ message_count: 4, revisions: 5 });
    const revisions = await door.admin`
      select m.revision, m.edited_at from sealed.messages m join triage.threads t on t.id = m.thread_id
       where t.platform_thread_id = ${first.thread.id} and m.platform_message_id = ${two.id} order by m.revision`;
    expect(revisions.map((r) => r.revision)).toEqual([1, 2]);
    expect(revisions[0]?.edited_at).toBeNull();
  });

  test("that brings nothing new leaves no data key behind", async () => {
    const first = aFlag();
    await receiptOf(await door.sendOne(first));
    await receiptOf(await door.sendOne(again(first, { reporter: null, source: "classifier" })));
    expect(await rowsOf(first.thread.id)).toMatchObject({ revisions: 3, keys: 1 });
  });

  test("adds participants, learns what was unknown, and takes nothing back by silence", async () => {
    const first = aFlag();
    const opened = await receiptOf(await door.sendOne(first));
    await receiptOf(
      await door.sendOne(
        again(
          first,
          { reporter: null },
          {
            participants: [
              { id: "p-1", ageBand: "unknown" },
              { id: "p-2", ageBand: "minor", country: "IE" },
              { id: "p-3", handle: "three@people.example.org" },
            ],
          },
        ),
      ),
    );
    const people = await door.admin`
      select p.platform_participant_id as id, p.ordinal, p.age_band, p.country, p.key_id
        from sealed.participants p join triage.threads t on t.id = p.thread_id
       where t.platform_thread_id = ${first.thread.id} order by p.ordinal`;
    expect(people).toMatchObject([
      { id: "p-1", ordinal: 1, age_band: "adult", country: null },
      { id: "p-2", ordinal: 2, age_band: "minor", country: "IE" },
      { id: "p-3", ordinal: 3, age_band: "unknown" },
    ]);
    expect(people[0]?.key_id).toBe(people[1]?.key_id);
    expect(await caseRow(opened.caseId)).toMatchObject({ participant_count: 3, minor_count: 1 });
  });

  test("moves the case into a restricted queue, and whoever held it holds it no more", async () => {
    const restricted = await door.newQueue("Child safety", {
      category: "child_safety",
      rank: 1,
      restricted: "child_safety",
    });
    const first = aFlag({ severity: "high" });
    const opened = await receiptOf(await door.sendOne(first));
    const [member] = await door.admin`
      select staff.create_member('held@staff.example.org', 'Held', '{moderator}', '{eu}', '{}', '{en}') as id`;
    await door.admin`update triage.cases set claimed_by = ${member?.id}, claimed_at = now(),
      claim_expires_at = now() + interval '3 minutes' where id = ${opened.caseId}`;
    await receiptOf(await door.sendOne(again(first, { category: "child_safety", severity: "low" })));
    expect(await caseRow(opened.caseId)).toMatchObject({
      queue_id: restricted,
      restricted_subject: "child_safety",
      category: "child_safety",
      claimed_by: null,
    });
    const [moved] =
      await door.admin`select * from audit.events where action = 'case.moved' and case_id = ${opened.caseId}`;
    expect(moved).toMatchObject({ actor_kind: "system", queue_id: restricted, subject_staff_id: member?.id });
  });

  test("does not take a claimed case out of its moderator's hands for a mere difference in severity", async () => {
    await door.newQueue("Threats", { category: "threats", rank: 5 });
    const first = aFlag({ severity: "low" });
    const opened = await receiptOf(await door.sendOne(first));
    const [member] = await door.admin`select id from staff.members limit 1`;
    await door.admin`update triage.cases set claimed_by = ${member?.id}, claimed_at = now(),
      claim_expires_at = now() + interval '3 minutes' where id = ${opened.caseId}`;
    await receiptOf(await door.sendOne(again(first, { category: "threats", severity: "critical" })));
    expect(await caseRow(opened.caseId)).toMatchObject({
      queue_id: door.queueId,
      claimed_by: member?.id,
      severity: 4,
    });
  });

  test("follows the gravest flag while nobody holds the case", async () => {
    const first = aFlag({ severity: "low" });
    const opened = await receiptOf(await door.sendOne(first));
    await receiptOf(await door.sendOne(again(first, { category: "threats", severity: "critical" })));
    expect(await caseRow(opened.caseId)).toMatchObject({ category: "threats" });
  });

  test("several of them in one batch come to the same as one after the other", async () => {
    const first = aFlag({ severity: "low" });
    const flags = [
      first,
      again(first, { severity: "high" }),
      again(
        first,
        { severity: "low" },
        { messages: [{ ...(first.thread.messages[0] as never as object), body: "x" } as never] },
      ),
      again(
        first,
        { severity: "medium" },
        { messages: [{ ...(first.thread.messages[0] as never as object), id: "m-9" } as never] },
      ),
    ].map((flag) => ({ ...flag, flaggedMessageIds: [(flag.thread.messages[0] as { id: string }).id] }));
    const { results, summary } = await door.sendLines(flags);
    expect(summary).toMatchObject({ lines: 4, accepted: 4, refused: 0, complete: true });
    const receipts = results.map((r) => ("receipt" in r ? r.receipt : undefined));
    expect(new Set(receipts.map((r) => r?.caseId)).size).toBe(1);
    expect(receipts.map((r) => r?.joinedCase)).toEqual([false, true, true, true]);
    expect(receipts.map((r) => r?.newMessages)).toEqual([3, 0, 0, 1]);
    const inOne = await caseRow(receipts[0]?.caseId ?? "");
    expect(await rowsOf(first.thread.id)).toMatchObject({ message_count: 4, revisions: 5 });

    const other = flags.map((flag, i) => ({
      ...flag,
      id: `${flag.id}-apart-${i}`,
      thread: { ...flag.thread, id: `${flag.thread.id}-apart` },
    }));
    let last = "";
    for (const flag of other) last = (await receiptOf(await door.sendOne(flag))).caseId;
    const apart = await caseRow(last);
    expect({ ...inOne, id: 0, number: 0, thread_id: 0, opened_at: 0, due_at: 0 }).toEqual({
      ...apart,
      id: 0,
      number: 0,
      thread_id: 0,
      opened_at: 0,
      due_at: 0,
    });
  });

  test("the priority in SQL is the fold of the domain's rule", async () => {
    for (const [start, flags] of [
      [100, [400]],
      [900, [100, 100, 100]],
      [100, [300, 900, 100, 905]],
      [999_990, [1, 2, 3]],
      [10, []],
    ] as [number, number[]][]) {
      const [row] = await door.admin`select intake.joined_priority(${start}, ${flags}) as p`;
      expect(row?.p).toBe(flags.reduce(joinPriority, start));
    }
  });
});

describe("a flag on a decided thread", () => {
  test("opens a new case that cites the old one, which stays as it was", async () => {
    const first = aFlag();
    const opened = await receiptOf(await door.sendOne(first));
    await decide(opened.caseId);
    const before = await caseRow(opened.caseId);
    const receipt = await receiptOf(await door.sendOne(again(first)));
    expect(receipt.caseId).not.toBe(opened.caseId);
    expect(receipt).toMatchObject({ joinedCase: false, previousCaseId: opened.caseId, newMessages: 0 });
    expect(await caseRow(opened.caseId)).toEqual(before);
  });
});

describe("refused, with nothing stored", () => {
  test.each([
    ["another region", { region: "us" }, "/thread/region"],
    ["another kind", { kind: "group" }, "/thread/kind"],
  ] as const)("a thread that comes back with %s", async (_, change, pointer) => {
    const first = aFlag();
    await receiptOf(await door.sendOne(first));
    const flag = again(first, {}, change);
    const problem = await problemOf(await door.sendOne(flag));
    expect(problem).toMatchObject({ code: "thread-differs", status: 409, errors: [{ pointer }] });
    expect(await rowsOf(first.thread.id)).toMatchObject({ revisions: 3, keys: 1 });
    expect(await door.admin`select 1 from triage.flags where platform_flag_id = ${flag.id}`).toHaveLength(0);
  });

  test("a flag that no queue takes", async () => {
    await door.admin`update triage.queue_routes set category = 'other' where category is null`;
    try {
      const flag = aFlag({ category: "hate" });
      const { results } = await door.sendLines([flag, aFlag({ category: "other" })]);
      expect(results[0]).toMatchObject({ status: 503, problem: { code: "no-queue" } });
      expect(results[1]).toMatchObject({ status: 201 });
      expect(await rowsOf(flag.thread.id)).toBeUndefined();
    } finally {
      await door.admin`update triage.queue_routes set category = null where category = 'other'`;
    }
  });

  test("a flag of a thread id that belongs to another platform is another thread", async () => {
    const other = await door.newPlatform("other-chat");
    const flag = aFlag();
    const [ours, theirs] = await Promise.all([
      door.sendOne(flag).then(receiptOf),
      door.send(flag, { authorization: `Bearer ${other.key}` }).then(receiptOf),
    ]);
    expect(theirs.caseId).not.toBe(ours.caseId);
    expect(theirs.flagId).not.toBe(ours.flagId);
  });
});

test("pages hear of each queue once a batch, and whoever holds a joined case hears of that case", async () => {
  const heard: string[] = [];
  const listening = await door.admin.listen("unseal_live", (payload) => heard.push(payload));
  const first = aFlag();
  const opened = await receiptOf(await door.sendOne(first));
  const [member] = await door.admin`select id from staff.members limit 1`;
  await door.admin`update triage.cases set claimed_by = ${member?.id}, claim_expires_at = now() + interval '3 minutes'
    where id = ${opened.caseId}`;
  await expect.poll(() => heard.length).toBe(1);
  heard.length = 0;
  await door.sendLines([again(first), aFlag(), aFlag(), aFlag()]);
  await expect.poll(() => heard.length).toBeGreaterThanOrEqual(2);
  await listening.unlisten();
  expect(heard.map((h) => JSON.parse(h).type).sort()).toEqual(["case_changed", "queue_changed"]);
});
