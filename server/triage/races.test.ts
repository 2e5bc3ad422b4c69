import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeWorld, type World } from "../test/world.ts";
import { claimCase } from "./claimCase.ts";
import { claimNext } from "./claimNext.ts";
import { decideCase } from "./decideCase.ts";
import { keepClaim } from "./keepClaim.ts";
import { raiseFlag } from "./raiseFlag.ts";
import { releaseCase } from "./releaseCase.ts";
import { undoDecision } from "./undoDecision.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.end());

const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });
const NOTHING_WRONG = { outcome: "no_violation", action: "none", policyId: null, note: null } as const;
const outcomes = (results: PromiseSettledResult<unknown>[]) =>
  results.map((r) => (r.status === "fulfilled" ? "done" : (r.reason as { code: string }).code)).sort();

describe("races", () => {
  test("of eight moderators who claim one case at once, one gets it", async () => {
    const found = await world.case();
    const people = await Promise.all(Array.from({ length: 8 }, () => world.person(["moderator"])));
    const results = await Promise.allSettled(people.map((p) => claimCase(p.actor, found.id)));
    expect(outcomes(results)).toEqual([...Array(7).fill("claimed-by-another"), "done"]);
    const [row] = await world.admin`select count(*)::int as n from audit.events
      where case_id = ${found.id} and action = 'case.claimed' and outcome = 'denied'`;
    expect(row?.n).toBe(7);
  });

  test("eight who ask for the next case at once get eight cases", async () => {
    const queue = await world.queue("Next");
    await Promise.all(Array.from({ length: 8 }, () => world.case({ queue })));
    const people = await Promise.all(
      Array.from({ length: 8 }, () => world.person(["moderator"], { queues: [queue] })),
    );
    const got = await Promise.all(people.map((p) => claimNext(p.actor, queue)));
    expect(new Set(got.map((g) => g.caseId)).size).toBe(8);
    const late = await world.person(["moderator"], { queues: [queue] });
    expect(await claimNext(late.actor, queue)).toEqual({ caseId: null });
  });

  test("one moderator who decides twice at once decides once", async () => {
    const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
    await claimCase(moderator.actor, found.id);
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => decideCase(moderator.actor, found.id, NOTHING_WRONG)),
    );
    expect(outcomes(results)).toEqual([...Array(5).fill("case-not-open"), "done"]);
  });

  test("of two undos at once, one undoes", async () => {
    const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
    await claimCase(moderator.actor, found.id);
    const { decisionId } = await decideCase(moderator.actor, found.id, NOTHING_WRONG);
    const results = await Promise.allSettled([1, 2].map(() => undoDecision(moderator.actor, decisionId)));
    expect(outcomes(results)).toEqual(["already-undone", "done"]);
  });

  test("a claim and a release at once leave the case claimed by one or by nobody, never by two", async () => {
    const [a, b, found] = await Promise.all([
      world.person(["moderator"]),
      world.person(["moderator"]),
      world.case(),
    ]);
    await claimCase(a.actor, found.id);
    await Promise.allSettled([releaseCase(a.actor, found.id), claimCase(b.actor, found.id)]);
    const [row] = await world.admin`select claimed_by from triage.cases where id = ${found.id}`;
    expect([b.id, null]).toContain(row?.claimed_by);
  });
});

describe("claims", () => {
  test("a claim that lapsed can be taken by another, and cannot be kept by the first", async () => {
    const [a, b, found] = await Promise.all([
      world.person(["moderator"]),
      world.person(["moderator"]),
      world.case(),
    ]);
    await claimCase(a.actor, found.id);
    await world.admin`update triage.cases set claim_expires_at = now() - interval '1 second' where id = ${found.id}`;
    await claimCase(b.actor, found.id);
    await expect(keepClaim(a.actor, found.id)).rejects.toEqual(refused("not-your-claim"));
  });

  test("a claim is not kept up by somebody who has left the queue", async () => {
    const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
    await claimCase(moderator.actor, found.id);
    await keepClaim(moderator.actor, found.id);
    await world.admin`delete from triage.queue_members where staff_id = ${moderator.id}`;
    await expect(keepClaim(moderator.actor, found.id)).rejects.toEqual(refused("not-your-claim"));
  });

  test("nobody collects more than ten claims", async () => {
    const moderator = await world.person(["moderator"]);
    for (let i = 0; i < 10; i++) await claimCase(moderator.actor, (await world.case()).id);
    await expect(claimCase(moderator.actor, (await world.case()).id)).rejects.toEqual(
      refused("too-many-claims"),
    );
  });

  test("the sweep gives lapsed claims back and records each", async () => {
    const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
    await claimCase(moderator.actor, found.id);
    await world.admin`update triage.cases set claim_expires_at = now() - interval '1 second' where id = ${found.id}`;
    await world.admin`select triage.expire_claims()`;
    const [event] = await world.events("case.claim_lapsed");
    expect(event).toMatchObject({ case_id: found.id, subject_staff_id: moderator.id, actor_kind: "system" });
  });

  test("a queue that is not theirs cannot be claimed from", async () => {
    const elsewhere = await world.queue("Elsewhere");
    const moderator = await world.person(["moderator"]);
    await expect(claimNext(moderator.actor, elsewhere)).rejects.toEqual(refused("not-found"));
    const found = await world.case({ queue: elsewhere });
    await expect(claimCase(moderator.actor, found.id)).rejects.toEqual(refused("not-found"));
  });

  test("a thread of another region cannot be claimed, though its queue is theirs", async () => {
    const moderator = await world.person(["moderator"], { regions: ["us"] });
    const found = await world.case({ region: "eu" });
    await expect(claimCase(moderator.actor, found.id)).rejects.toEqual(refused("not-found"));
  });
});

describe("decisions", () => {
  test("another moderator's claim cannot be decided", async () => {
    const [a, b, found] = await Promise.all([
      world.person(["moderator"]),
      world.person(["moderator"]),
      world.case(),
    ]);
    await claimCase(a.actor, found.id);
    await expect(decideCase(b.actor, found.id, NOTHING_WRONG)).rejects.toEqual(refused("not-your-claim"));
  });

  test("a decision cannot be undone by another, nor after ten seconds", async () => {
    const [a, b, found] = await Promise.all([
      world.person(["moderator"]),
      world.person(["moderator"]),
      world.case(),
    ]);
    await claimCase(a.actor, found.id);
    const { decisionId } = await decideCase(a.actor, found.id, NOTHING_WRONG);
    await expect(undoDecision(b.actor, decisionId)).rejects.toEqual(refused("not-found"));
    await world.admin`update triage.decisions set undo_until = now() - interval '1 second' where id = ${decisionId}`;
    await expect(undoDecision(a.actor, decisionId)).rejects.toEqual(refused("undo-too-late"));
  });

  test("an undone decision gives the case back, claimed, and can be decided again", async () => {
    const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
    await claimCase(moderator.actor, found.id);
    const { decisionId } = await decideCase(moderator.actor, found.id, NOTHING_WRONG);
    await undoDecision(moderator.actor, decisionId);
    const again = await decideCase(moderator.actor, found.id, NOTHING_WRONG);
    expect(again.decisionId).not.toBe(decisionId);
  });

  test("a decision is not undone once a newer case stands on the thread", async () => {
    const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
    await claimCase(moderator.actor, found.id);
    const { decisionId } = await decideCase(moderator.actor, found.id, NOTHING_WRONG);
    await raiseFlag(moderator.actor, found.id, {
      category: "threats",
      severity: "high",
      reason: "Something else to look at.",
    });
    await expect(undoDecision(moderator.actor, decisionId)).rejects.toEqual(refused("newer-case"));
  });

  test("an escalated case leaves the moderator's sight, and the undo brings it back", async () => {
    const specialists = await world.queue("Specialists", { restrictedSubject: "child_safety" });
    const queue = await world.queue("Front", { escalatesTo: specialists });
    const moderator = await world.person(["moderator"], { queues: [queue] });
    const found = await world.case({ queue });
    await claimCase(moderator.actor, found.id);
    const { decisionId } = await decideCase(moderator.actor, found.id, {
      outcome: "escalate",
      action: "escalate",
      policyId: null,
      note: null,
    });
    await expect(claimCase(moderator.actor, found.id)).rejects.toEqual(refused("not-found"));
    await undoDecision(moderator.actor, decisionId);
    expect((await claimCase(moderator.actor, found.id)).caseId).toBe(found.id);
  });

  test("an escalation that another specialist has taken up is not undone", async () => {
    const specialists = await world.queue("Second line");
    const queue = await world.queue("First line", { escalatesTo: specialists });
    const moderator = await world.person(["moderator"], { queues: [queue] });
    const specialist = await world.person(["specialist"], { queues: [specialists] });
    const found = await world.case({ queue });
    await claimCase(moderator.actor, found.id);
    const { decisionId } = await decideCase(moderator.actor, found.id, {
      outcome: "escalate",
      action: "escalate",
      policyId: null,
      note: null,
    });
    await claimCase(specialist.actor, found.id);
    await expect(undoDecision(moderator.actor, decisionId)).rejects.toEqual(refused("taken-over"));
  });

  test("whether they had looked is derived, never claimed", async () => {
    const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
    await claimCase(moderator.actor, found.id);
    const { decisionId } = await decideCase(moderator.actor, found.id, NOTHING_WRONG);
    const [row] = await world.admin`select viewed from triage.decisions where id = ${decisionId}`;
    expect(row?.viewed).toBe(false);
  });
});

describe("separation of duties", () => {
  test("two roles that conflict cannot be held by one person, whoever writes them", async () => {
    const conflicts = await world.admin<
      { role_a: string; role_b: string }[]
    >`select role_a, role_b from staff.role_conflicts`;
    expect(conflicts.length).toBe(18);
    for (const { role_a, role_b } of conflicts) {
      await expect(
        world.admin`insert into staff.members (email, name, roles) values ('two@staff.example.org', 'Two', ${[role_a, role_b]})`,
      ).rejects.toMatchObject({ code: "UN001" });
    }
    const person = await world.person(["moderator"]);
    await expect(
      world.admin`update staff.members set roles = '{moderator,administrator}' where id = ${person.id}`,
    ).rejects.toMatchObject({ code: "UN001" });
  });

  test("moderator, specialist and lead go together", async () => {
    const person = await world.person(["moderator", "specialist", "lead"]);
    expect(person.id).toBeTruthy();
  });
});
