import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeView } from "../disclosure/closeView.ts";
import { openView } from "../disclosure/openView.ts";
import { type Case, makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { decideCase } from "../triage/decideCase.ts";
import { countNewer } from "./countNewer.ts";
import { listEvents } from "./listEvents.ts";
import { listPeople } from "./listPeople.ts";
import { readCaseTrail } from "./readCaseTrail.ts";
import { readEvent } from "./readEvent.ts";
import { readStaffTrail } from "./readStaffTrail.ts";

let world: World;
let officer: Person;
beforeAll(async () => {
  world = await makeWorld();
  officer = await world.person(["compliance_officer"], { queues: [] });
});
afterAll(() => world.end());

const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });
const PRESET = { purpose: "user_report_review", scope: "flagged_window", preset: true } as const;
const PAGE = { limit: 100 };
const NOTHING_WRONG = { outcome: "no_violation", action: "none", policyId: null, note: null } as const;

async function claimed(moderator?: Person): Promise<{ moderator: Person; found: Case }> {
  const person = moderator ?? (await world.person(["moderator"]));
  const found = await world.case();
  await claimCase(person.actor, found.id);
  return { moderator: person, found };
}

describe("the trail of a case", () => {
  test("tells who read it, why, how many messages, for how long and how it ended", async () => {
    const { moderator, found } = await claimed();
    const first = await openView(moderator.actor, found.id, PRESET);
    await closeView(moderator.actor, first.viewId);
    const second = await openView(moderator.actor, found.id, PRESET);
    await world.admin`update access.views set opened_at = opened_at - interval '11 minutes',
      expires_at = expires_at - interval '11 minutes' where id = ${second.viewId}`;
    const third = await openView(moderator.actor, found.id, PRESET);
    await decideCase(moderator.actor, found.id, NOTHING_WRONG);
    const fourth = await claimed();
    const open = await openView(fourth.moderator.actor, fourth.found.id, PRESET);

    const trail = await readCaseTrail(officer.actor, found.id, PAGE);
    expect(trail.views.map((v) => [v.id, v.how, v.messages, v.staff.id])).toEqual([
      [third.viewId, "decided", 11, moderator.id],
      [second.viewId, "expired", 11, moderator.id],
      [first.viewId, "closed", 11, moderator.id],
    ]);
    expect(trail.views[1]?.seconds).toBe(600);
    expect(trail.views[2]?.seconds).toBeLessThan(60);
    expect(trail.views[0]?.reason.length).toBeGreaterThan(10);
    expect(trail.events.map((e) => e.action)).toEqual([
      "audit.searched",
      "case.decided",
      "view.opened",
      "access.requested",
      "view.opened",
      "access.requested",
      "view.closed",
      "view.opened",
      "access.requested",
      "case.claimed",
    ]);
    expect((await readCaseTrail(officer.actor, fourth.found.id, PAGE)).views).toMatchObject([
      { id: open.viewId, endedAt: null, how: null, seconds: null },
    ]);
  });

  test("pages on by cursor, with the views on the first page alone", async () => {
    const { moderator, found } = await claimed();
    await openView(moderator.actor, found.id, PRESET);
    const first = await readCaseTrail(officer.actor, found.id, { limit: 2 });
    const second = await readCaseTrail(officer.actor, found.id, { limit: 2, cursor: first.nextCursor ?? "" });
    expect(first.views).toHaveLength(1);
    expect(second.views).toEqual([]);
    const ids = [...first.events, ...second.events].map((e) => e.id);
    expect(new Set(ids).size).toBe(4);
    expect(second.nextCursor).toBeNull();
  });

  test("shows a moderator their own part, and nothing of a case that they never touched", async () => {
    const { moderator, found } = await claimed();
    await openView(moderator.actor, found.id, PRESET);
    const other = await world.person(["moderator"]);
    const mine = await readCaseTrail(moderator.actor, found.id, PAGE);
    expect(mine.views).toHaveLength(1);
    expect(mine.events.every((e) => e.actor?.id === moderator.id)).toBe(true);
    await expect(readCaseTrail(other.actor, found.id, PAGE)).rejects.toEqual(refused("not-found"));
    const [denial] = await world.events("audit.searched");
    expect(denial).toMatchObject({ outcome: "denied", actor_id: other.id, case_id: found.id });
    // Nor does it become theirs by what they were refused on it.
    await expect(claimCase(other.actor, found.id)).rejects.toEqual(refused("claimed-by-another"));
    await expect(readCaseTrail(other.actor, found.id, PAGE)).rejects.toEqual(refused("not-found"));
    const own = await listEvents(other.actor, { limit: 10 });
    expect(own.events.map((e) => e.case)).toContainEqual({ id: found.id, number: null });
  });

  test("gives an auditor the views of their range only", async () => {
    const { moderator, found } = await claimed();
    await openView(moderator.actor, found.id, PRESET);
    const from = new Date(Date.now() + 1);
    await new Promise((done) => setTimeout(done, 10));
    const inside = await openView(moderator.actor, found.id, PRESET);
    const auditor = await world.person(["auditor"], { queues: [] });
    await world.admin`update staff.members set reads_from = ${from}, reads_until = now() + interval '1 hour' where id = ${auditor.id}`;
    const trail = await readCaseTrail(auditor.actor, found.id, PAGE);
    expect(trail.views.map((v) => v.id)).toEqual([inside.viewId]);
    expect(trail.case.number).toEqual(expect.any(Number));
  });
});

describe("the trail of a staff member", () => {
  test("tells what they did and what was done to them, in order, once each, over pages", async () => {
    const moderator = await world.person(["moderator"]);
    const { found } = await claimed(moderator);
    await openView(moderator.actor, found.id, PRESET);
    await decideCase(moderator.actor, found.id, NOTHING_WRONG);
    await world.admin`select staff.revoke_sessions(${moderator.id})`;
    const ids: string[] = [];
    const actions: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await readStaffTrail(officer.actor, moderator.id, { limit: 3, cursor });
      ids.push(...page.events.map((e) => e.id));
      actions.push(...page.events.map((e) => e.action));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(actions).toEqual([
      "audit.searched",
      "staff.sessions_revoked",
      "case.decided",
      "view.opened",
      "access.requested",
      "case.claimed",
      "staff.queue_membership",
      "staff.created",
    ]);
  });

  test("counts thirty days, the last of them today", async () => {
    const { moderator, found } = await claimed();
    await openView(moderator.actor, found.id, PRESET);
    await expect(claimCase(moderator.actor, world.queueId)).rejects.toEqual(refused("not-found"));
    await decideCase(moderator.actor, found.id, NOTHING_WRONG);
    const { days, views, staff } = await readStaffTrail(officer.actor, moderator.id, PAGE);
    expect(days).toHaveLength(30);
    expect(days.at(-1)).toEqual({
      day: new Date().toISOString().slice(0, 10),
      views: 1,
      decisions: 1,
      denials: 1,
      events: 5,
    });
    expect(days.slice(0, -1).every((d) => d.events === 0)).toBe(true);
    expect(views).toHaveLength(1);
    expect(staff).toMatchObject({ id: moderator.id, roles: ["moderator"], state: "active" });
  });

  test("is one's own to read, and nobody else's without the role", async () => {
    const [one, other] = await Promise.all([world.person(["moderator"]), world.person(["lead"])]);
    expect((await readStaffTrail(one.actor, one.id, PAGE)).staff.id).toBe(one.id);
    await expect(readStaffTrail(other.actor, one.id, PAGE)).rejects.toEqual(refused("wrong-role"));
    const [denial] = await world.events("audit.searched");
    expect(denial).toMatchObject({ outcome: "denied", actor_id: other.id, subject_staff_id: one.id });
    await expect(readStaffTrail(officer.actor, world.queueId, PAGE)).rejects.toEqual(refused("not-found"));
  });
});

describe("an event's full record", () => {
  test("carries its leaf, its hash in the tree, and commitments that match what is stored", async () => {
    const { moderator, found } = await claimed();
    const view = await openView(moderator.actor, found.id, PRESET);
    const [row] = (await listEvents(officer.actor, { case: found.id, action: "view.opened", limit: 1 }))
      .events;
    const event = await readEvent(officer.actor, row?.id ?? "");
    expect(event).toMatchObject({
      threadId: found.threadId,
      viewId: view.viewId,
      grantId: view.grantId,
      sessionId: moderator.sessionId,
      userAgent: "test",
      detail: { scope: "flagged_window", messages: 11, preset: true },
    });
    expect(event.commitments.map((c) => [c.of, c.state])).toEqual([
      ["reason", "matches"],
      ["detail", "matches"],
      ["ip", "matches"],
    ]);
    const hash = createHash("sha256")
      .update(Buffer.of(0))
      .update(event.leaf ?? "")
      .digest("hex");
    expect(event.leafHash).toBe(hash);
  });

  test("says so when what is stored is not what was logged, and when it was erased", async () => {
    const { moderator, found } = await claimed();
    const view = await openView(moderator.actor, found.id, PRESET);
    const [row] =
      await world.admin`select id from audit.events where view_id = ${view.viewId} and action = 'view.opened'`;
    // What no role of the product can do, done by the superuser.
    await world.admin`update audit.events set reason = 'Another reason than was given.', ip = null where id = ${row?.id}`;
    const event = await readEvent(officer.actor, row?.id);
    expect(event.commitments.map((c) => [c.of, c.state])).toEqual([
      ["reason", "differs"],
      ["detail", "matches"],
      ["ip", "forgotten"],
    ]);
  });

  test("is not found by whom it does not concern, and the attempt is on record", async () => {
    const { moderator } = await claimed();
    const other = await world.person(["moderator"]);
    const [row] =
      await world.admin`select id from audit.events where actor_id = ${moderator.id} and action = 'case.claimed'`;
    expect((await readEvent(moderator.actor, row?.id)).action).toBe("case.claimed");
    await expect(readEvent(other.actor, row?.id)).rejects.toEqual(refused("not-found"));
    const [denial] = await world.events("audit.searched");
    expect(denial).toMatchObject({ outcome: "denied", actor_id: other.id, detail: { code: "not-found" } });
  });
});

test("what came since is counted and not shown; one's own looks do not count", async () => {
  const { events } = await listEvents(officer.actor, { limit: 1 });
  const query = { after: events[0]?.id as string };
  expect(await countNewer(officer.actor, query)).toEqual({ count: 0, capped: false });
  await listEvents(officer.actor, { outcome: "failed", limit: 1 });
  expect(await countNewer(officer.actor, query)).toEqual({ count: 0, capped: false });
  const { moderator } = await claimed();
  const { count } = await countNewer(officer.actor, query);
  expect(count).toBeGreaterThanOrEqual(1);
  expect(await countNewer(officer.actor, { ...query, actor: moderator.id })).toEqual({
    count: 1,
    capped: false,
  });
  for (let i = 0; i < 101; i++) await claimCase(moderator.actor, world.queueId).catch(() => {});
  expect(await countNewer(officer.actor, query)).toEqual({ count: 100, capped: true });
  const stranger = await world.person(["moderator"]);
  expect(await countNewer(stranger.actor, query)).toEqual({ count: 0, capped: false });
});

test("names for the filters: an officer knows everybody, a moderator themselves", async () => {
  const moderator = await world.person(["moderator"]);
  const all = await listPeople(officer.actor);
  expect(all.people.map((p) => p.id)).toEqual(expect.arrayContaining([moderator.id, officer.id]));
  expect(all.platforms).toEqual([{ id: world.platformId, name: "Example" }]);
  expect((await listPeople(moderator.actor)).people.map((p) => p.id)).toEqual([moderator.id]);
});
