import { afterAll, beforeAll, expect, test } from "vitest";
import { desk } from "../../contracts/desk.ts";
import { integrity } from "../../contracts/integrity.ts";
import { askVerification } from "../integrity/askVerification.ts";
import { readIntegrity } from "../integrity/readIntegrity.ts";
import { runVerification } from "../integrity/runVerification.ts";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { readDesk } from "./readDesk.ts";

let world: World;
let officer: Person;
beforeAll(async () => {
  world = await makeWorld();
  officer = await world.person(["compliance_officer"], { queues: [] });
});
afterAll(() => world.end());

const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });

test.each(["moderator", "specialist", "lead", "legal_counsel", "administrator", "auditor"] as const)(
  "a %s has no compliance desk, and the attempt is on record",
  async (role) => {
    const { actor, id } = await world.person([role]);
    await expect(readDesk(actor)).rejects.toEqual(refused("wrong-role"));
    const [event] = await world.events("desk.read");
    expect(event).toMatchObject({ actor_id: id, outcome: "denied", detail: { code: "wrong-role" } });
  },
);

test("the desk and the state of the log have the form that the pages read", async () => {
  await askVerification(officer.actor);
  await runVerification();
  const now = desk.parse(await readDesk(officer.actor));
  expect(now.refused.hours).toHaveLength(24);
  expect(now.verification?.state).toBe("sound");
  const state = integrity.parse(await readIntegrity(officer.actor));
  expect(state.verifications).toHaveLength(1);
});

test("refusals of the last 24 hours are counted by the hour and by cause, and older ones are not", async () => {
  const before = await readDesk(officer.actor);
  const [one, other] = [await world.person(["moderator"]), await world.person(["moderator"])];
  const found = await world.case();
  await claimCase(one.actor, found.id);
  for (let i = 0; i < 3; i++)
    await expect(claimCase(other.actor, found.id)).rejects.toEqual(refused("claimed-by-another"));
  await world.admin`insert into audit.events (id, at, actor_kind, action, outcome, detail, leaf_salt)
    select (left(unseal.uuid7_floor(now() - interval '25 hours')::text, 14) || '7aaa-8aaa-aaaaaaaaaaaa')::uuid,
      now() - interval '25 hours', 'staff', 'case.claimed', 'denied', '{"code": "claimed-by-another"}', '\\x00'`;
  const after = await readDesk(officer.actor);
  expect(after.refused.total).toBe(before.refused.total + 3);
  expect(after.refused.hours.reduce((sum, hour) => sum + hour.count, 0)).toBe(after.refused.total);
  // Of this hour, or some of them of the one that has just ended.
  const newest = after.refused.hours.slice(-2).reduce((sum, hour) => sum + hour.count, 0);
  expect(newest).toBeGreaterThanOrEqual(3);
  expect(after.refused.causes).toContainEqual({ code: "claimed-by-another", count: 3 });
});

test("an officer is not told how many signals or reviews are about themselves", async () => {
  const other = await world.person(["compliance_officer"], { queues: [] });
  await world.admin`insert into access.signals (subject_id, detector, detector_version, pattern, severity, window_from, window_until,
      numbers, explanation, due_at)
    values (${officer.id}, 'volume', 1, 'p', 2, now() - interval '1 day', now(), '{}', 'Opened far more than peers in the same queue.',
      now() - interval '1 hour')`;
  await world.admin`insert into access.reviews (kind, event_id, subject_id, due_at)
    select 'officer_search', id, ${officer.id}, now() + interval '1 day' from audit.events limit 1`;
  expect(await readDesk(other.actor)).toMatchObject({
    signals: { open: 1, unowned: 1, overdue: 1, mine: 0 },
    reviews: { due: 1, overdue: 0 },
  });
  expect(await readDesk(officer.actor)).toMatchObject({
    signals: { open: 0 },
    reviews: { due: 0, nextDue: null },
  });
});

test("the desk counts as the pages that it leads to: what has risen is late, what has lapsed or was told before does not wait", async () => {
  const { id: subject, sessionId } = await world.person(["specialist"]);
  const before = await readDesk(officer.actor);
  await world.admin`insert into access.reviews (kind, event_id, subject_id, due_at, level)
    select 'officer_export', id, ${subject}, now() + interval '2 days', 2 from audit.events limit 1`;
  const found = await world.case();
  await world.admin`insert into access.requests (staff_id, session_id, case_id, thread_id, purpose, scope, reason, policy_version_id,
      needs, minutes, view_limit, expires_at)
    select ${subject}, ${sessionId}, c.id, c.thread_id, 'appeal', 'flagged_window', 'Lapsed.', v.id, 1, 30, 5, now() - interval '1 second'
      from triage.cases c, access.policy_versions v where c.id = ${found.id} and v.state = 'active'`;
  await world.admin`insert into access.notices (kind, audience, at)
    values ('reciprocal_approval', array['compliance_officer'], now() - interval '1 hour')`;
  const after = await readDesk(officer.actor);
  expect(after.reviews).toMatchObject({ due: before.reviews.due + 1, overdue: before.reviews.overdue + 1 });
  expect(after.requests).toEqual(before.requests);
  expect(after.notices).toEqual(before.notices);
});
