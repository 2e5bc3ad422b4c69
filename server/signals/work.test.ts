import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../domain/signals/signal.ts";
import { ROLES } from "../../domain/vocabulary.ts";
import { listEvents } from "../audit/listEvents.ts";
import { openView } from "../disclosure/openView.ts";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { escalateSignal } from "./escalateSignal.ts";
import { listSignals } from "./listSignals.ts";
import { ownSignal } from "./ownSignal.ts";
import { readSignal } from "./readSignal.ts";
import { resolveSignal } from "./resolveSignal.ts";
import { watchForMisuse } from "./watch.ts";

let world: World;
let officers: [Person, Person, Person];
beforeAll(async () => {
  world = await makeWorld();
  const officer = () => world.person(["compliance_officer"], { queues: [] });
  officers = [await officer(), await officer(), await officer()];
});
afterAll(() => world.end());

const NOTE = "Asked the lead and looked at the shift plan.";
const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });
const settled = (calls: readonly Promise<unknown>[]) =>
  Promise.allSettled(calls).then((all) =>
    all.map((one) => (one.status === "fulfilled" ? "done" : (one.reason as { code: string }).code)),
  );

/** A view that was opened as the product opens it. */
async function view(by: Person): Promise<string> {
  const found = await world.case();
  await claimCase(by.actor, found.id);
  const opened = await openView(by.actor, found.id, {
    purpose: "user_report_review",
    scope: "flagged_window",
    reason: "Checking the reported messages for threats.",
    preset: false,
  });
  return opened.viewId;
}

/** What a detector would have found; raised on the worker's own connection. */
async function raise(subject: string, views: readonly string[], more: Partial<Finding> = {}) {
  const finding: Finding = {
    subject,
    detector: "volume",
    version: 1,
    pattern: world.queueId,
    severity: 2,
    from: new Date(Date.now() - 86_400_000).toISOString(),
    until: new Date().toISOString(),
    numbers: { cases: 12 },
    explanation: "Opened 12 cases where colleagues open 2; made up for this test.",
    newEvidence: 1,
    views,
    ...more,
  };
  const worker = postgres(world.urls.worker, { max: 1 });
  try {
    const [row] = await worker`select access.raise_signals(${[finding] as never}::jsonb) as done`;
    return row?.done as { raised: number; joined: number };
  } finally {
    await worker.end();
  }
}

const signalsOf = (subject: string) =>
  world.admin<
    {
      id: string;
      owner_id: string | null;
      state: string;
      level: number;
      occurrences: number;
      due_at: Date;
      previous_id: string | null;
    }[]
  >`
    select * from access.signals where subject_id = ${subject} order by id`;

/** Somebody with one open signal, and its id. */
async function signalled(): Promise<{ subject: Person; id: string }> {
  const subject = await world.person(["moderator"]);
  await raise(subject.id, [await view(subject)]);
  const [made] = await signalsOf(subject.id);
  return { subject, id: made?.id as string };
}

describe("who sees signals", () => {
  test.each(ROLES.filter((role) => role !== "compliance_officer"))(
    "%s sees nothing of them",
    async (role) => {
      const { id } = await signalled();
      const person = await world.person([role]);
      const calls = [
        () => listSignals(person.actor, { state: "open", limit: 50 }),
        () => readSignal(person.actor, id),
        () => ownSignal(person.actor, id),
        () => resolveSignal(person.actor, id, { conclusion: "explained", note: NOTE }),
        () => escalateSignal(person.actor, id, { note: NOTE }),
      ];
      for (const call of calls) await expect(call()).rejects.toEqual(refused("wrong-role"));
      const denied = await world.admin`
      select action from audit.events where actor_id = ${person.id} and outcome = 'denied' and action like 'signal.%'`;
      expect(denied.map((row) => row.action).sort()).toEqual(
        ["signal.escalated", "signal.listed", "signal.owned", "signal.read", "signal.resolved"].sort(),
      );
    },
  );

  test("an officer reads the numbers, the words and the evidence, and the look is in the log once", async () => {
    const { id, subject } = await signalled();
    for (const _ of [1, 2]) await readSignal(officers[0].actor, id);
    const { signal } = await readSignal(officers[0].actor, id);
    expect(signal).toMatchObject({
      subject: { id: subject.id },
      detector: "volume",
      numbers: { cases: 12 },
      views: [{ messages: 11 }],
    });
    expect(signal.history.map((one) => one.action)).toEqual(["signal.raised"]);
    const looks = (await world.events("signal.read")).filter((event) => event.detail.signalId === id);
    expect(looks).toMatchObject([
      { outcome: "done", actor_id: officers[0].id, subject_staff_id: subject.id },
    ]);
  });

  test("an officer cannot see, own, lift or conclude a signal about themselves, nor read of it in the log", async () => {
    const [self, other] = officers;
    await raise(self.id, [], {
      detector: "exports",
      pattern: "exports",
      events: [(await world.events("staff.created"))[0]?.id],
    });
    const [mine] = await signalsOf(self.id);
    const id = mine?.id as string;
    expect(mine?.owner_id).not.toBe(self.id);
    expect(
      (await listSignals(self.actor, { state: "open", limit: 100 })).signals.map((one) => one.id),
    ).not.toContain(id);
    for (const call of [
      () => readSignal(self.actor, id),
      () => ownSignal(self.actor, id),
      () => escalateSignal(self.actor, id, { note: NOTE }),
      () => resolveSignal(self.actor, id, { conclusion: "explained", note: NOTE }),
    ])
      await expect(call()).rejects.toEqual(refused("not-found"));
    const seen = await listEvents(self.actor, { subject: self.id, limit: 200 });
    expect(seen.events.filter((event) => event.action.startsWith("signal."))).toEqual([]);
    const theirs = await listEvents(other.actor, { subject: self.id, action: "signal.raised", limit: 200 });
    expect(theirs.events).toHaveLength(1);
    await ownSignal(other.actor, id);
    await resolveSignal(other.actor, id, { conclusion: "explained", note: NOTE });
  });

  test("not even the database's own functions can make the subject the owner", async () => {
    const { id, subject } = await signalled();
    await expect(
      world.admin`update access.signals set owner_id = ${subject.id} where id = ${id}`,
    ).rejects.toMatchObject({ code: "23514" });
  });
});

describe("what becomes of a signal", () => {
  test("the same pattern joins its open signal, and two runs at once raise one", async () => {
    const subject = await world.person(["moderator"]);
    const [first, second] = [await view(subject), await view(subject)];
    const done = await Promise.all(Array.from({ length: 4 }, () => raise(subject.id, [first])));
    expect(done.reduce((sum, one) => sum + one.raised, 0)).toBe(1);
    expect(await raise(subject.id, [first])).toEqual({ raised: 0, joined: 0 });
    expect(await raise(subject.id, [first, second])).toEqual({ raised: 0, joined: 1 });
    expect(await signalsOf(subject.id)).toMatchObject([{ state: "open", occurrences: 2 }]);
  });

  test("what weighs more than before may not lie until its old due time, though its evidence was known", async () => {
    const subject = await world.person(["moderator"]);
    const seen = [await view(subject)];
    await raise(subject.id, seen, { severity: 1 });
    const [before] = await signalsOf(subject.id);
    expect(await raise(subject.id, seen, { severity: 4 })).toEqual({ raised: 0, joined: 1 });
    const [after] = await signalsOf(subject.id);
    expect(after).toMatchObject({ id: before?.id, severity: 4 });
    expect(after?.due_at.getTime()).toBeLessThanOrEqual(Date.now() + 86_400_000);
    expect(await raise(subject.id, seen, { severity: 4 })).toEqual({ raised: 0, joined: 0 });
    expect(await raise(subject.id, seen, { severity: 2 })).toEqual({ raised: 0, joined: 0 });
    expect(await signalsOf(subject.id)).toEqual([after]);
  });

  test("once concluded it comes back with new evidence only, and names the one before", async () => {
    const { subject, id } = await signalled();
    await ownSignal(officers[0].actor, id);
    await resolveSignal(officers[0].actor, id, { conclusion: "explained", note: NOTE });
    const [known] = await world.admin`select ref_id from access.signal_evidence where signal_id = ${id}`;
    expect(await raise(subject.id, [known?.ref_id])).toEqual({ raised: 0, joined: 0 });
    const [more, evenMore] = [await view(subject), await view(subject)];
    expect(await raise(subject.id, [known?.ref_id, more], { newEvidence: 2 })).toEqual({
      raised: 0,
      joined: 0,
    });
    expect(await raise(subject.id, [more, evenMore], { newEvidence: 2 })).toEqual({ raised: 1, joined: 0 });
    expect(await signalsOf(subject.id)).toMatchObject([
      { state: "resolved" },
      { state: "open", previous_id: id },
    ]);
  });

  test("what found no room among its evidence is known too, and what is done after that is new", async () => {
    const subject = await world.person(["moderator"]);
    const acts = async (count: number) =>
      (await world.admin`select unseal.uuid7() as id from generate_series(1, ${count})`).map((row) => row.id);
    // One read after the ids were made: the next act is of another millisecond.
    const now = async () => {
      await world.admin`select pg_sleep(0.005)`;
      return (await world.admin`select now() as at`)[0]?.at.toISOString() as string;
    };
    const many = { events: await acts(70), until: await now() };
    expect(await raise(subject.id, [], many)).toEqual({ raised: 1, joined: 0 });
    expect(await raise(subject.id, [], many)).toEqual({ raised: 0, joined: 0 });
    const on = { events: await acts(1), until: await now() };
    expect(await raise(subject.id, [], on), "it goes on").toEqual({ raised: 0, joined: 1 });
    expect(await raise(subject.id, [], on)).toEqual({ raised: 0, joined: 0 });

    const [open] = await signalsOf(subject.id);
    await ownSignal(officers[0].actor, open?.id as string);
    await resolveSignal(officers[0].actor, open?.id as string, { conclusion: "explained", note: NOTE });
    expect(await raise(subject.id, [], many), "a night that is judged again").toEqual({
      raised: 0,
      joined: 0,
    });
    expect(await raise(subject.id, [], { events: await acts(1) })).toEqual({ raised: 1, joined: 0 });
  });

  test("what was decided days later shows what was opened without deciding; what was just opened does not", async () => {
    const subject = await world.person(["moderator"]);
    const late = await view(subject);
    await view(subject);
    await watchForMisuse({ thorough: false });
    await world.admin`update access.openings set opened_at = now() - interval '3 days' where view_id = ${late}`;
    await world.admin`insert into triage.decisions (case_id, decided_by, outcome, action, viewed, from_queue_id, decided_at, undo_until)
      select case_id, staff_id, 'no_violation', 'none', true, queue_id, now(), now() from access.openings where view_id = ${late}`;
    const [found] =
      await world.admin`select access.evidence_of('undecided', ${subject.id}, now() - interval '8 days', now(), 'all') as views`;
    expect(found?.views).toEqual([late]);
  });

  test("of two officers who take it on at once one gets it", async () => {
    const { id } = await signalled();
    const outcome = await settled(officers.map(({ actor }) => ownSignal(actor, id)));
    expect(outcome.sort()).toEqual(["done", "signal-taken", "signal-taken"]);
    const owned = (await world.events("signal.owned")).filter(
      (event) => event.detail.signalId === id && event.outcome === "done",
    );
    expect(owned).toHaveLength(1);
  });

  test("only its owner concludes it, once, in words that say something", async () => {
    const { id } = await signalled();
    const [owner, other] = officers;
    await expect(resolveSignal(owner.actor, id, { conclusion: "explained", note: NOTE })).rejects.toEqual(
      refused("not-your-signal"),
    );
    await ownSignal(owner.actor, id);
    await expect(resolveSignal(other.actor, id, { conclusion: "explained", note: NOTE })).rejects.toEqual(
      refused("not-your-signal"),
    );
    await expect(resolveSignal(owner.actor, id, { conclusion: "explained", note: ". ." })).rejects.toEqual(
      refused("note-without-substance"),
    );
    const twice = await settled(
      [1, 2].map(() => resolveSignal(owner.actor, id, { conclusion: "misuse", note: NOTE })),
    );
    expect(twice.sort()).toEqual(["done", "signal-concluded"]);
    await expect(ownSignal(other.actor, id)).rejects.toEqual(refused("signal-concluded"));
    const page = await listSignals(other.actor, { state: "resolved", limit: 100 });
    expect(page.signals.find((one) => one.id === id)).toMatchObject({
      conclusion: "misuse",
      resolvedBy: { id: owner.id },
    });
  });

  test("past its due time it rises, tells everybody in the log, and can be taken over; it never falls asleep", async () => {
    const { id } = await signalled();
    const [owner, other] = officers;
    await ownSignal(owner.actor, id);
    const late = () =>
      world.admin`update access.signals set due_at = now() - interval '1 minute' where id = ${id}`;
    for (const level of [2, 3, 3]) {
      await late();
      await world.admin`select access.escalate_signals()`;
      const [now] =
        await world.admin`select level, due_at > now() as later from access.signals where id = ${id}`;
      expect(now).toEqual({ level, later: true });
    }
    const told = (await world.events("signal.escalated")).filter((event) => event.detail.signalId === id);
    expect(told).toHaveLength(3);
    await ownSignal(other.actor, id);
    await expect(escalateSignal(other.actor, id, { note: NOTE })).rejects.toEqual(
      refused("already-at-the-top"),
    );
    await resolveSignal(other.actor, id, { conclusion: "false_signal", note: NOTE });
  });

  test("an officer may lift it before it is due", async () => {
    const { id, subject } = await signalled();
    await world.admin`update access.signals set due_at = now() + interval '1 hour' where id = ${id}`;
    const [before] = await signalsOf(subject.id);
    await escalateSignal(officers[1].actor, id, { note: NOTE });
    const [after] = await signalsOf(subject.id);
    expect(after, "lifting it does not put it off").toMatchObject({ level: 2, due_at: before?.due_at });
    const [event] = (await world.events("signal.escalated")).filter((one) => one.detail.signalId === id);
    expect(event).toMatchObject({ actor_id: officers[1].id, reason: NOTE, detail: { level: 2 } });
  });

  test("an owner who is no officer any more is replaced", async () => {
    const leaving = await world.person(["compliance_officer"], { queues: [] });
    const { id } = await signalled();
    await world.admin`update access.signals set owner_id = ${leaving.id}, state = 'owned' where id = ${id}`;
    await world.admin`select staff.disable_member(${leaving.id})`;
    await world.admin`select access.escalate_signals()`;
    const [now] = await world.admin`select owner_id, state from access.signals where id = ${id}`;
    expect(now?.owner_id).not.toBe(leaving.id);
    expect(now?.state).toBe("open");
  });

  test("nobody deletes, rewrites, lowers or postpones one, not even the owner's functions or the superuser by mistake", async () => {
    const { id } = await signalled();
    await ownSignal(officers[0].actor, id);
    const tries = [
      world.admin`delete from access.signals where id = ${id}`,
      world.admin`truncate access.signals cascade`,
      world.admin`delete from access.signal_evidence where signal_id = ${id}`,
      world.admin`delete from access.reviews`,
      world.admin`update access.signals set due_at = due_at + interval '1 day' where id = ${id}`,
      world.admin`update access.signals set detector = 'hours' where id = ${id}`,
      world.admin`update access.signals set severity = 1 where id = ${id}`,
    ];
    expect(await settled(tries)).toEqual(tries.map(() => "UN010"));
    await expect(
      world.admin`update access.signals set state = 'resolved' where id = ${id}`,
    ).rejects.toMatchObject({ code: "23514" });
    await world.admin.begin(async (tx) => {
      await tx`set local role unseal_owner`;
      for (const table of ["access.signal_evidence", "access.review_weeks"]) {
        const changed = await tx.unsafe(
          `update ${table} set ${table.endsWith("weeks") ? "views = 0" : "added_at = now()"}`,
        );
        expect(changed.count).toBe(0);
      }
    });
  });
});

test("asking for what needs two, where nobody may know that it does, counts as probing", async () => {
  const prober = await world.person(["specialist"]);
  for (const code of ["needs-two-approvers", "needs-approver", "reason-too-short"])
    await world.admin`insert into audit.events (id, at, actor_kind, actor_id, action, outcome, detail, leaf_salt)
      values (unseal.uuid7(), now(), 'staff', ${prober.id}, 'glass.broken', 'denied', ${{ code } as never}, '')`;
  const [row] = await world.admin`
    select x ->> 'today' as today from jsonb_array_elements(access.measure_denials(now() + interval '1 minute')) x
     where x ->> 'staff' = ${prober.id}`;
  expect(row?.today).toBe("2");
});

test("a watch that finds nothing raises nothing, and what it observed once it does not count again", async () => {
  const moderator = await world.person(["moderator"]);
  await view(moderator);
  const first = await watchForMisuse({ thorough: true, until: new Date(Date.now() + 1000) });
  const second = await watchForMisuse({ thorough: true, until: new Date(Date.now() + 2000) });
  expect(first.observed).toBeGreaterThan(0);
  expect(second).toEqual({ observed: 0, raised: 0, joined: 0 });
  const [row] = await world.admin`
    select (select count(*)::int from access.views) as views, (select count(*)::int from access.openings) as openings,
           (select sum(views)::int from access.opening_hours) as hours`;
  expect(row).toEqual({ views: row?.views, openings: row?.views, hours: row?.views });
});

test("a view that committed late is observed by a later run, and by the nightly one at the latest", async () => {
  const moderator = await world.person(["moderator"]);
  const seen = await view(moderator);
  const [mark] = await world.admin<{ at: Date }[]>`select at from access.observed`;
  const now = (mark as { at: Date }).at.getTime();
  const late = async (minutes: number) => {
    const id = `${(now - minutes * 60_000)
      .toString(16)
      .padStart(12, "0")
      .replace(/^(.{8})/, "$1-")}-7abc-8abc-${seen.slice(-12)}`;
    await world.admin`
      insert into access.views select (jsonb_populate_record(v, ${{ id } as never}::jsonb)).* from access.views v where v.id = ${seen}`;
    return id;
  };
  const observed = async (id: string) =>
    (await world.admin`select 1 from access.openings where view_id = ${id}`).length === 1;
  const [little, much] = [await late(5), await late(90)];
  await watchForMisuse({ thorough: false, until: new Date(now + 1000) });
  expect([await observed(little), await observed(much)]).toEqual([true, false]);
  await watchForMisuse({ thorough: false, until: new Date(now + 2000), back: "3 days" });
  expect(await observed(much)).toBe(true);
});
