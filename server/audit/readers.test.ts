import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeView } from "../disclosure/closeView.ts";
import { openView } from "../disclosure/openView.ts";
import { type Case, makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { decideCase } from "../triage/decideCase.ts";
import { undoDecision } from "../triage/undoDecision.ts";
import { drawUpForPerson } from "./drawUpForPerson.ts";
import { exportStaffViews, exportThreadReaders } from "./exportViews.ts";
import { readStaffViews } from "./readStaffViews.ts";
import { readThreadReaders } from "./readThreadReaders.ts";
import { textOf } from "./test/collect.ts";

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

/** A thread that two people read: one decided it, the other was refused and then looked again. */
async function readThread(): Promise<{ found: Case; first: Person; second: Person; name: string }> {
  const [first, second] = [await world.person(["moderator"]), await world.person(["specialist"])];
  const found = await world.case();
  const [row] = await world.admin`select name from staff.members where id = ${first.id}`;
  const name = row?.name as string;
  await claimCase(first.actor, found.id);
  const opened = await openView(first.actor, found.id, PRESET);
  await closeView(first.actor, opened.viewId);
  await expect(openView(second.actor, found.id, PRESET)).rejects.toEqual(refused("not-your-claim"));
  await openView(first.actor, found.id, {
    purpose: "user_report_review",
    scope: "flagged_window",
    reason: `${name} asked me from 192.0.2.44 to look once more`,
    preset: false,
  });
  await decideCase(first.actor, found.id, NOTHING_WRONG);
  return { found, first, second, name };
}

async function auditorOf(from: Date, until: Date): Promise<Person> {
  const auditor = await world.person(["auditor"], { queues: [] });
  await world.admin`update staff.members set reads_from = ${from}, reads_until = ${until} where id = ${auditor.id}`;
  return auditor;
}

const HOUR = 3_600_000;
const soon = () => new Date(Date.now() + HOUR);

describe("who read this thread", () => {
  test("tells every view, what was refused, and what was decided after", async () => {
    const { found, first, second } = await readThread();
    const page = await readThreadReaders(officer.actor, found.threadId, PAGE);
    expect(page.totals).toMatchObject({ views: 2, people: 1 });
    expect(page.thread.cases).toEqual([{ id: found.id, number: expect.any(Number) }]);
    expect(page.views.map(({ how, messages, staff, roles }) => [how, messages, staff.id, roles])).toEqual([
      ["decided", 11, first.id, ["moderator"]],
      ["closed", 11, first.id, ["moderator"]],
    ]);
    expect(page.views.map(({ decided }) => decided)).toMatchObject([
      { outcome: "no_violation", action: "none", by: { id: first.id } },
      { outcome: "no_violation" },
    ]);
    expect(page.refused).toMatchObject([
      { action: "access.requested", denial: "not-your-claim", actor: { id: second.id } },
    ]);
    const [look] = await world.events("audit.searched");
    expect(look).toMatchObject({ actor_id: officer.id, thread_id: found.threadId, outcome: "done" });
  });

  test("a decision that was taken back was not made", async () => {
    const { found, first } = await readThread();
    const [decision] = await world.admin`select id from triage.decisions where case_id = ${found.id}`;
    await undoDecision(first.actor, decision?.id as string);
    const page = await readThreadReaders(officer.actor, found.threadId, PAGE);
    expect(page.views.map(({ decided }) => decided)).toEqual([null, null]);
  });

  test("pages on by cursor, every view once", async () => {
    const { found } = await readThread();
    const first = await readThreadReaders(officer.actor, found.threadId, { limit: 1 });
    const second = await readThreadReaders(officer.actor, found.threadId, {
      limit: 1,
      cursor: first.nextCursor ?? "",
    });
    expect(new Set([...first.views, ...second.views].map(({ id }) => id)).size).toBe(2);
    expect(second.nextCursor).toBeNull();
    expect(second.refused).toEqual([]);
  });

  test.each(["moderator", "specialist", "lead", "legal_counsel", "administrator"] as const)(
    "a %s is not told who read a thread, not even one that they read, and cannot take it away",
    async (role) => {
      const { found, first } = await readThread();
      const other = await world.person([role]);
      for (const { actor } of [other, first]) {
        await expect(readThreadReaders(actor, found.threadId, PAGE)).rejects.toEqual(refused("wrong-role"));
        await expect(drawUpForPerson(actor, found.threadId, { withReasons: false })).rejects.toEqual(
          refused("wrong-role"),
        );
        await expect(exportThreadReaders(actor, found.threadId)).rejects.toEqual(refused("wrong-role"));
      }
      const denied = await world.admin`select action from audit.events
        where actor_id = ${other.id} and outcome = 'denied' and thread_id = ${found.threadId} order by id`;
      expect(denied.map(({ action }) => action)).toEqual([
        "audit.searched",
        "audit.exported",
        "audit.exported",
      ]);
    },
  );

  test("an auditor sees nothing of what lies outside their range", async () => {
    const { found } = await readThread();
    const before = await auditorOf(new Date(Date.now() - 2 * HOUR), new Date(Date.now() - HOUR));
    await expect(readThreadReaders(before.actor, found.threadId, PAGE)).rejects.toEqual(refused("not-found"));
    await expect(exportThreadReaders(before.actor, found.threadId)).rejects.toEqual(refused("not-found"));

    const [middle] =
      await world.admin`select max(opened_at) as at from access.views where thread_id = ${found.threadId}`;
    const inside = await auditorOf(middle?.at as Date, soon());
    const page = await readThreadReaders(inside.actor, found.threadId, PAGE);
    expect(page.totals).toMatchObject({ views: 1, people: 1 });
    expect(page.views).toHaveLength(1);
    expect(page.views[0]?.staff.name).toMatch(/^Person /);
    expect(page.views[0]?.decided).toMatchObject({ outcome: "no_violation" });
    expect(page.refused).toEqual([]);
    const file = await textOf(await exportThreadReaders(inside.actor, found.threadId));
    expect(file.trim().split("\r\n")).toHaveLength(2);
  });

  test("a thread that nobody knows is not there", async () => {
    await expect(
      readThreadReaders(officer.actor, "00000000-0000-7000-8000-000000000000", PAGE),
    ).rejects.toEqual(refused("not-found"));
  });
});

describe("the document for the person concerned", () => {
  test("holds no name, id or address of staff, and is an export before it is read", async () => {
    const { found, first, second, name } = await readThread();
    for (const withReasons of [false, true]) {
      const made = await drawUpForPerson(officer.actor, found.threadId, { withReasons });
      const text = JSON.stringify(made);
      for (const secret of [name, first.id, second.id, first.sessionId, officer.id, "192.0.2."])
        expect(text).not.toContain(secret);
      expect(made).toMatchObject({ people: 1, leftOut: 0, refusedLeftOut: false });
      expect(made.readings.map(({ who, roles, until }) => [who, roles, until !== null])).toEqual([
        ["Staff member A", ["moderator"], true],
        ["Staff member A", ["moderator"], true],
      ]);
      expect(made.readings[0]?.reason).toMatch(/^Preset: /);
      expect(made.readings[1]?.reason).toBe(
        withReasons ? "[staff member] asked me from [address] to look once more" : null,
      );
      expect(made.readings[1]?.decided).toMatchObject({ who: "Staff member A" });
      expect(made.refused).toMatchObject([{ who: "Staff member B", roles: ["specialist"] }]);
      const [event] = await world.events("audit.exported");
      expect(event).toMatchObject({
        id: made.reference,
        thread_id: found.threadId,
        actor_id: officer.id,
        detail: { format: "person" },
      });
    }
  });

  test("is not drawn up by an auditor, whose range would leave readers out", async () => {
    const { found } = await readThread();
    const auditor = await auditorOf(new Date(0), soon());
    await expect(drawUpForPerson(auditor.actor, found.threadId, { withReasons: false })).rejects.toEqual(
      refused("wrong-role"),
    );
  });
});

describe("what a staff member read", () => {
  test("pages on behind their trail, and is theirs and the officers' to see", async () => {
    const { first, found } = await readThread();
    const page = await readStaffViews(officer.actor, first.id, { limit: 1 });
    expect(page.views).toMatchObject([{ threadId: found.threadId, decided: { outcome: "no_violation" } }]);
    const rest = await readStaffViews(officer.actor, first.id, { limit: 1, cursor: page.nextCursor ?? "" });
    expect(rest.views).toHaveLength(1);
    expect(rest.nextCursor).toBeNull();
    expect((await readStaffViews(first.actor, first.id, PAGE)).views).toHaveLength(2);
    const other = await world.person(["lead"]);
    await expect(readStaffViews(other.actor, first.id, PAGE)).rejects.toEqual(refused("wrong-role"));
    await expect(exportStaffViews(other.actor, first.id)).rejects.toEqual(refused("wrong-role"));
    await expect(exportStaffViews(first.actor, first.id)).rejects.toEqual(refused("wrong-role"));
  });

  test("leaves as a file whose formulas are harmless, after an event that says so", async () => {
    const person = await world.person(["moderator"]);
    const found = await world.case();
    await claimCase(person.actor, found.id);
    await openView(person.actor, found.id, {
      ...PRESET,
      preset: false,
      reason: "=1+1 is a formula, is it not",
    });
    const made = await exportStaffViews(officer.actor, person.id);
    const [event] = await world.events("audit.exported");
    expect(event).toMatchObject({
      subject_staff_id: person.id,
      detail: { format: "csv", filters: { of: "views", subject: person.id } },
    });
    const file = await textOf(made);
    expect(file).toContain("'=1+1 is a formula");
    expect(file.trim().split("\r\n")).toHaveLength(2);
  });

  test("a file is cut short when the right to the log ends while it is written", async () => {
    const { first } = await readThread();
    const leaving = await world.person(["compliance_officer"], { queues: [] });
    const { pieces } = await exportStaffViews(leaving.actor, first.id);
    await pieces.next();
    await world.admin`update staff.sessions set ended_at = now(), ended_how = 'revoked' where id = ${leaving.sessionId}`;
    await expect(pieces.next()).rejects.toMatchObject({ name: "ExportCutShort" });
  });
});
