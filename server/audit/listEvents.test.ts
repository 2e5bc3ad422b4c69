import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AuditEvent } from "../../contracts/audit.ts";
import { openView } from "../disclosure/openView.ts";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { listEvents } from "./listEvents.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.end());

const REASON = "Checking the reported messages for threats.";
const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });

/** A moderator who claimed a case and opened it. */
async function reader() {
  const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
  await claimCase(moderator.actor, found.id);
  const view = await openView(moderator.actor, found.id, {
    purpose: "user_report_review",
    scope: "flagged_window",
    reason: REASON,
    preset: false,
  });
  return { moderator, found, view };
}

/** An auditor who was given the log from one instant until another. */
async function auditor(from: Date | null, until: Date | null): Promise<Person> {
  const person = await world.person(["auditor"], { queues: [] });
  await world.admin`update staff.members set reads_from = ${from}, reads_until = ${until} where id = ${person.id}`;
  return person;
}

const officer = () => world.person(["compliance_officer"], { queues: [] });
const lookups = async (person: Person) =>
  (await world.events("audit.searched")).filter((e) => e.actor_id === person.id);

describe("who sees what of the log", () => {
  test("a moderator cannot read another's acts", async () => {
    const { moderator } = await reader();
    const other = await world.person(["moderator"]);
    await expect(claimCase(other.actor, "00000000-0000-7000-8000-000000000000")).rejects.toEqual(
      refused("not-found"),
    );
    const page = await listEvents(other.actor, { limit: 50 });
    expect(page.reach).toEqual({ staffId: other.id, whole: false, from: null, until: null });
    expect(page.events.map((e) => [e.action, e.outcome, e.denial])).toEqual([
      ["case.claimed", "denied", "not-found"],
    ]);
    const asked = await listEvents(other.actor, { actor: moderator.id, limit: 50 });
    expect(asked.events).toEqual([]);
  });

  test("row-level security alone keeps another's acts away, whatever reach the application believes", async () => {
    const { moderator } = await reader();
    const other = await world.person(["moderator"]);
    const { asActor } = await import("../../db/web-client.ts");
    const { cutPage } = await import("./cutPage.ts");
    const believed = { staffId: moderator.id, whole: true, from: null, until: null };
    const page = await asActor(other.actor, (tx) => cutPage(tx, believed, {}, { limit: 50 }));
    expect(page.events.filter((e) => e.actor?.id !== other.id)).toEqual([]);
  });

  test.each([[["specialist"]], [["lead"]], [["legal_counsel"]], [["administrator"]]] as const)(
    "%s sees own acts only",
    async (roles) => {
      await reader();
      const person = await world.person([...roles]);
      const page = await listEvents(person.actor, { limit: 50 });
      expect(page).toMatchObject({ reach: { whole: false }, events: [] });
    },
  );

  test("an officer sees who did what to which case, when, from where and why", async () => {
    const { moderator, found, view } = await reader();
    const who = await officer();
    const page = await listEvents(who.actor, { case: found.id, action: "view.opened", limit: 50 });
    const [number] = await world.admin`select number from triage.cases where id = ${found.id}`;
    expect(page.reach.whole).toBe(true);
    expect(page.events).toEqual([
      {
        id: expect.any(String),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        actorKind: "staff",
        actor: { id: moderator.id, name: expect.stringMatching(/^Person /) },
        actorRoles: ["moderator"],
        action: "view.opened",
        outcome: "done",
        denial: null,
        case: { id: found.id, number: Number(number?.number) },
        subjectStaff: null,
        purpose: "user_report_review",
        reason: REASON,
        viewId: view.viewId,
        messages: 11,
        ip: "192.0.2.7",
      } satisfies AuditEvent,
    ]);
  });

  test("an auditor sees only their range", async () => {
    const before = await reader();
    // The database counts microseconds, JavaScript milliseconds: the instants are kept apart.
    await new Promise((done) => setTimeout(done, 5));
    const from = new Date();
    const inside = await reader();
    const until = new Date(Date.now() + 5);
    await new Promise((done) => setTimeout(done, 20));
    const after = await reader();
    const who = await auditor(from, until);
    const seen = async (caseId: string) =>
      (await listEvents(who.actor, { case: caseId, limit: 50 })).events.length;
    expect(await seen(before.found.id)).toBe(0);
    expect(await seen(inside.found.id)).toBeGreaterThanOrEqual(3);
    expect(await seen(after.found.id)).toBe(0);
    const all = await listEvents(who.actor, { limit: 200 });
    const foreign = all.events.filter((e) => e.actor?.id !== who.id);
    expect(foreign.length).toBeGreaterThanOrEqual(3);
    for (const event of foreign) {
      expect(Date.parse(event.at)).toBeGreaterThanOrEqual(from.getTime());
      expect(Date.parse(event.at)).toBeLessThan(until.getTime() + 1);
    }
    expect(all.events.some((e) => e.case?.number)).toBe(true);
  });

  test("an auditor without a range reads nothing of others", async () => {
    await reader();
    const who = await auditor(null, null);
    expect(await listEvents(who.actor, { limit: 50 })).toMatchObject({ reach: { whole: false }, events: [] });
  });

  test("somebody whose session ended gets nothing, and the attempt is on record", async () => {
    const who = await officer();
    await world.admin`select staff.revoke_sessions(${who.id})`;
    await expect(listEvents(who.actor, { limit: 50 })).rejects.toEqual(refused("not-signed-in"));
    const [last] = await world.events("audit.searched");
    expect(last).toMatchObject({
      outcome: "denied",
      actor_kind: "nobody",
      detail: { code: "not-signed-in" },
    });
  });

  test("an officer who is one no longer sees own acts only, from the next call on", async () => {
    const { found } = await reader();
    const who = await officer();
    expect((await listEvents(who.actor, { case: found.id, limit: 50 })).events.length).toBeGreaterThan(0);
    await world.admin`select staff.change_member(${who.id}, '{administrator}', '{}', '{}')`;
    expect((await listEvents(who.actor, { case: found.id, limit: 50 })).events).toEqual([
      expect.objectContaining({ action: "audit.searched", actor: expect.objectContaining({ id: who.id }) }),
    ]);
  });
});

describe("looking is an act", () => {
  test("an officer's look is in the log before it is answered, once in five minutes for one set of filters", async () => {
    const { found } = await reader();
    const who = await officer();
    for (const _ of [1, 2, 3]) await listEvents(who.actor, { case: found.id, limit: 50 });
    expect(await lookups(who)).toMatchObject([
      { outcome: "done", case_id: found.id, detail: { page: "events", filters: { case: found.id } } },
    ]);
    await listEvents(who.actor, { case: found.id, outcome: "denied", limit: 50 });
    expect(await lookups(who)).toHaveLength(2);
  });

  test("two tabs that ask at once make one event", async () => {
    const who = await officer();
    await Promise.all(
      Array.from({ length: 6 }, () => listEvents(who.actor, { action: "case.decided", limit: 5 })),
    );
    expect(await lookups(who)).toHaveLength(1);
  });

  test("after five minutes the same look is an event again", async () => {
    const who = await officer();
    await listEvents(who.actor, { limit: 5 });
    // Events cannot be changed, so the clock of this one is set by its id, as the superuser.
    await world.admin`update audit.events set id = overlay(id::text placing
        substr(unseal.uuid7_floor(now() - interval '6 minutes')::text, 1, 13) from 1 for 13)::uuid
      where actor_id = ${who.id} and action = 'audit.searched'`;
    await listEvents(who.actor, { limit: 5 });
    expect(await lookups(who)).toHaveLength(2);
  });

  test("looking at one's own acts is no event", async () => {
    const { moderator } = await reader();
    await listEvents(moderator.actor, { limit: 50 });
    expect(await lookups(moderator)).toEqual([]);
  });

  test("what is no filter does not reach the log", async () => {
    const who = await officer();
    const filters = { actor: who.id, note: "free text", action: "x".repeat(500) };
    await world.admin`select audit.record_search(${who.actor as never}::jsonb, 'events', ${filters as never}::jsonb)`;
    const [found] = await lookups(who);
    expect(found?.detail.filters).toEqual({ actor: who.id, action: "x".repeat(64) });
  });

  test("when the look cannot be recorded, nothing is shown", async () => {
    const { found } = await reader();
    const who = await officer();
    await world.admin`alter table audit.pending_leaves add constraint planted check (false) not valid`;
    try {
      await expect(listEvents(who.actor, { case: found.id, limit: 50 })).rejects.toMatchObject({
        name: "DatabaseFailure",
      });
    } finally {
      await world.admin`alter table audit.pending_leaves drop constraint planted`;
    }
  });
});

describe("filters", () => {
  test("each finds what it names and nothing else", async () => {
    const { moderator, found } = await reader();
    const other = await world.person(["moderator"]);
    await expect(claimCase(other.actor, found.id)).rejects.toEqual(refused("claimed-by-another"));
    const who = await officer();
    const [row] = await world.admin`select number from triage.cases where id = ${found.id}`;
    const list = async (query: object) => (await listEvents(who.actor, { ...query, limit: 200 })).events;

    const byNumber = await list({ caseNumber: Number(row?.number) });
    expect(byNumber.length).toBeGreaterThanOrEqual(4);
    expect(byNumber.every((e) => e.case?.id === found.id)).toBe(true);
    expect((await lookups(who))[0]).toMatchObject({ case_id: found.id });
    expect(await list({ caseNumber: 999_999_999 })).toEqual([]);
    expect(await list({ caseNumber: Number(row?.number), case: moderator.id })).toEqual([]);
    expect((await list({ actor: other.id })).map((e) => e.denial)).toEqual(["claimed-by-another"]);
    expect((await list({ actor: other.id, outcome: "done" })).length).toBe(0);
    expect((await list({ case: found.id, purpose: "user_report_review" })).map((e) => e.action)).toEqual([
      "view.opened",
      "access.requested",
    ]);
    const about = await list({ subject: moderator.id });
    expect(about.map((e) => e.action)).toEqual(expect.arrayContaining(["staff.created"]));
    expect(about.every((e) => e.subjectStaff?.id === moderator.id)).toBe(true);
    const at = byNumber.at(-1)?.at as string;
    const since = (await list({ case: found.id, from: at })).map((e) => e.id);
    expect(since).toEqual(expect.arrayContaining(byNumber.map((e) => e.id)));
    expect((await list({ case: found.id, until: at })).length).toBe(0);
  });
});

describe("paging", () => {
  test("under concurrent inserts no line is lost and none is repeated", async () => {
    const actors = await Promise.all([world.person(["moderator"]), world.person(["moderator"])]);
    const missing = "00000000-0000-7000-8000-000000000000";
    const act = (n: number) => claimCase((actors[n % 2] as Person).actor, missing).catch(() => {});
    for (let i = 0; i < 60; i++) await act(i);
    const who = await officer();
    const query = { action: "case.claimed", outcome: "denied", limit: 7 } as const;
    const there = (await world.events("case.claimed")).filter((e) => e.outcome === "denied").map((e) => e.id);

    let busy = true;
    const insert = (async () => {
      for (let i = 0; busy; i++) await act(i);
    })();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEvents(who.actor, { ...query, cursor });
      seen.push(...page.events.map((e) => e.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    busy = false;
    await insert;

    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(there.filter((id) => !seen.includes(id))).toEqual([]);
    expect((await world.events("case.claimed")).length).toBeGreaterThan(there.length);
  });

  test("a cursor that is not ours is refused before anything is looked at", async () => {
    const who = await officer();
    for (const cursor of ["x", "../../etc", "A".repeat(23), `${"A".repeat(22)}=`]) {
      await expect(listEvents(who.actor, { cursor, limit: 5 })).rejects.toMatchObject({ code: "bad-cursor" });
    }
    expect(await lookups(who)).toEqual([]);
  });
});
