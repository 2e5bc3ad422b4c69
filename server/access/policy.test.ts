import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PURPOSES, ROLES, SCOPES } from "../../domain/vocabulary.ts";
import { openView } from "../disclosure/openView.ts";
import { readView } from "../disclosure/readView.ts";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { readCase } from "../triage/readCase.ts";
import { releaseCase } from "../triage/releaseCase.ts";
import { draftPolicy } from "./draftPolicy.ts";
import { editPolicy } from "./editPolicy.ts";
import { listPolicies } from "./listPolicies.ts";
import { movePolicy } from "./movePolicy.ts";
import { readPolicy } from "./readPolicy.ts";
import { simulatePolicy } from "./simulatePolicy.ts";
import { codesOf, refused } from "./test/stage.ts";

let world: World;
let officer: Person;
let other: Person;
beforeAll(async () => {
  world = await makeWorld();
  officer = await world.person(["compliance_officer"]);
  other = await world.person(["compliance_officer"]);
});
afterAll(() => world.end());

const WHY = "The quarter's review asked for this change.";
const PRESET = { purpose: "user_report_review", scope: "flagged_window", preset: true } as const;

async function draft(by = officer, change: (rules: Rules) => Rules = (rules) => rules) {
  const { id } = await draftPolicy(by.actor, { basedOn: null, summary: "A change." });
  const { version, rules } = await readPolicy(by.actor, id);
  await editPolicy(by.actor, id, { summary: "A change.", settings: version.settings, rules: change(rules) });
  return id;
}
type Rules = Awaited<ReturnType<typeof readPolicy>>["rules"];

const without = (purpose: string) => (rules: Rules) => rules.filter((rule) => rule.purpose !== purpose);

async function confirmed(change: (rules: Rules) => Rules): Promise<string> {
  const id = await draft(officer, change);
  await movePolicy(officer.actor, id, "propose", WHY);
  await movePolicy(other.actor, id, "confirm", WHY);
  return id;
}
/** Puts back what the product came with. */
async function original() {
  const first = (await listPolicies(officer.actor)).versions.find(({ number }) => number === 1);
  const { id } = await draftPolicy(officer.actor, {
    basedOn: first?.id ?? null,
    summary: "As delivered again.",
  });
  await movePolicy(officer.actor, id, "propose", WHY);
  await movePolicy(other.actor, id, "confirm", WHY);
}

describe("a version", () => {
  test("comes into force when a second officer confirms it, and supersedes the one before", async () => {
    const id = await confirmed((rules) => rules);
    const { versions } = await listPolicies(officer.actor);
    expect(versions[0]).toMatchObject({ id, state: "active", decidedBy: { id: other.id } });
    expect(versions.filter(({ state }) => state === "active")).toHaveLength(1);
  });

  test("may be confirmed by an administrator, who may not propose one", async () => {
    const admin = await world.person(["administrator"]);
    await expect(draftPolicy(admin.actor, { basedOn: null, summary: "Mine." })).rejects.toEqual(
      refused("wrong-role"),
    );
    const id = await draft();
    await movePolicy(officer.actor, id, "propose", WHY);
    await movePolicy(admin.actor, id, "confirm", WHY);
    expect((await readPolicy(officer.actor, id)).version.state).toBe("active");
  });

  test("is not confirmed by whoever proposed it, in no session of theirs, nor straight in the table", async () => {
    const id = await draft();
    await movePolicy(officer.actor, id, "propose", WHY);
    const again = await world.session(officer.id);
    for (const { actor } of [officer, again])
      await expect(movePolicy(actor, id, "confirm", WHY)).rejects.toEqual(refused("own-proposal"));
    await expect(
      world.admin`update access.policy_versions set state = 'rejected', decided_by = ${officer.id} where id = ${id}`,
    ).rejects.toMatchObject({ constraint_name: "another_decides" });
    await movePolicy(other.actor, id, "reject", WHY);
    expect((await readPolicy(officer.actor, id)).version.state).toBe("rejected");
  });

  test("cannot be changed once it is proposed, not even by the functions' owner", async () => {
    const id = await draft();
    const { version, rules } = await readPolicy(officer.actor, id);
    await movePolicy(officer.actor, id, "propose", WHY);
    await expect(
      editPolicy(officer.actor, id, { summary: "Other", settings: version.settings, rules }),
    ).rejects.toEqual(refused("not-a-draft"));
    for (const statement of [
      `update access.policy_rules set requirement = 'never' where version_id = '${id}'`,
      `delete from access.policy_rules where version_id = '${id}'`,
      `insert into access.policy_rules values ('${id}', 'lead', 'appeal', 'whole_thread', 'ordinary', 'automatic', 5, 5)`,
      `update access.policy_versions set summary = 'Another' where id = '${id}'`,
      `update access.policy_versions set state = 'draft' where id = '${id}'`,
      `delete from access.policy_versions where id = '${id}'`,
    ])
      await expect(
        world.admin.begin(async (tx) => {
          await tx`set local role unseal_owner`;
          const { count } = await tx.unsafe(statement);
          // Where row-level security leaves nothing to remove, nothing is removed.
          if (count === 0) throw Object.assign(new Error("nothing"), { code: "UN003" });
        }),
        statement,
      ).rejects.toMatchObject({ code: "UN003" });
    await movePolicy(officer.actor, id, "withdraw", WHY);
  });

  test("is not confirmed against a policy that it was not compared with", async () => {
    const [first, second] = [await draft(), await draft(other)];
    await movePolicy(officer.actor, first, "propose", WHY);
    await movePolicy(other.actor, second, "propose", WHY);
    await movePolicy(other.actor, first, "confirm", WHY);
    await expect(movePolicy(officer.actor, second, "confirm", WHY)).rejects.toEqual(
      refused("stale-proposal"),
    );
    await movePolicy(officer.actor, second, "reject", WHY);
  });

  test("is confirmed once by many who confirm at once", async () => {
    const id = await draft();
    await movePolicy(officer.actor, id, "propose", WHY);
    const people = await Promise.all(Array.from({ length: 4 }, () => world.person(["administrator"])));
    const results = await Promise.allSettled(
      people.map(({ actor }) => movePolicy(actor, id, "confirm", WHY)),
    );
    expect(codesOf(results)).toEqual(["done", "not-proposed", "not-proposed", "not-proposed"]);
  });

  test("shows drafts and proposals to officers and administrators alone", async () => {
    const id = await draft();
    const moderator = await world.person(["moderator"]);
    await expect(readPolicy(moderator.actor, id)).rejects.toEqual(refused("not-found"));
    const states = (await listPolicies(moderator.actor)).versions.map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(["active", "superseded"]));
    await movePolicy(officer.actor, id, "withdraw", WHY);
  });

  test("is not edited by another officer", async () => {
    const id = await draft();
    const { version, rules } = await readPolicy(other.actor, id);
    expect(version.may).toEqual({ edit: false, propose: false, decide: false, withdraw: false });
    await expect(
      editPolicy(other.actor, id, { summary: "Mine", settings: version.settings, rules }),
    ).rejects.toEqual(refused("not-found"));
    await movePolicy(officer.actor, id, "withdraw", WHY);
  });

  test("tells what it changes, and what of that loosens", async () => {
    const id = await draft(officer, (rules) =>
      rules.map((rule) =>
        rule.purpose === "appeal" && rule.role === "moderator" && rule.subject === "ordinary"
          ? { ...rule, requirement: "automatic" }
          : rule,
      ),
    );
    const { changes } = await readPolicy(other.actor, id);
    expect(changes).toMatchObject([
      {
        role: "moderator",
        before: { requirement: "one_approver" },
        after: { requirement: "automatic" },
        loosens: true,
      },
    ]);
    await movePolicy(officer.actor, id, "withdraw", WHY);
  });

  test("takes no ticket pattern that is no regular expression", async () => {
    const id = await draft();
    const { version, rules } = await readPolicy(officer.actor, id);
    await expect(
      editPolicy(officer.actor, id, {
        summary: "A change.",
        settings: { ...version.settings, ticketPattern: "[A-" },
        rules,
      }),
    ).rejects.toEqual(refused("bad-pattern"));
    await movePolicy(officer.actor, id, "withdraw", WHY);
  });
});

describe("what no version can say", () => {
  const rule = { minutes: 30, viewLimit: 5, scope: "flagged_window", subject: "ordinary" } as const;
  test.each([
    { role: "compliance_officer", purpose: "appeal", requirement: "two_approvers" },
    { role: "administrator", purpose: "threat_to_life", requirement: "automatic" },
    { role: "auditor", purpose: "quality_review", requirement: "ticket" },
    { role: "legal_counsel", purpose: "appeal", requirement: "two_approvers" },
    { role: "lead", purpose: "appeal", requirement: "one_approver", subject: "watch_listed" },
    { role: "lead", purpose: "appeal", requirement: "automatic", subject: "conflict" },
  ] as const)("%o is refused by the verb and by the table", async (made) => {
    const id = await draft();
    const { version } = await readPolicy(officer.actor, id);
    const said = { ...rule, ...made };
    await expect(
      editPolicy(officer.actor, id, { summary: "A change.", settings: version.settings, rules: [said] }),
    ).rejects.toEqual(refused("beyond-policy"));
    await expect(
      world.admin`insert into access.policy_rules values (${id}, ${said.role}, ${said.purpose}, 'attachment', ${said.subject},
        ${said.requirement}, 30, 5)`,
    ).rejects.toMatchObject({ code: "23514" });
    await movePolicy(officer.actor, id, "withdraw", WHY);
  });

  test("a role that never opens is refused even as the holder of the claim", async () => {
    const found = await world.case();
    for (const role of ["compliance_officer", "administrator", "auditor"] as const) {
      const person = await world.person([role]);
      await world.admin`update triage.cases set claimed_by = ${person.id}, claim_expires_at = now() + interval '1 hour'
        where id = ${found.id}`;
      await expect(openView(person.actor, found.id, PRESET)).rejects.toEqual(refused("wrong-role"));
    }
  });
});

describe("what is in force", () => {
  test("decides what opens from the next request on, and ends what it does not allow any more", async () => {
    const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
    await claimCase(moderator.actor, found.id);
    const view = await openView(moderator.actor, found.id, PRESET);
    expect((await readView(moderator.actor, view.viewId)).reveal().messages).toHaveLength(11);
    await confirmed(without("user_report_review"));
    await expect(readView(moderator.actor, view.viewId)).rejects.toEqual(refused("view-ended"));
    await expect(openView(moderator.actor, found.id, PRESET)).rejects.toEqual(refused("purpose-not-allowed"));
    expect((await readCase(moderator.actor, found.id)).accessOptions).toEqual([]);
    await original();
    expect((await openView(moderator.actor, found.id, PRESET)).messageCount).toBe(11);
  });

  test("asks for an approver where it did not: the code says so, and the case page knows", async () => {
    const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
    await claimCase(moderator.actor, found.id);
    await confirmed((rules) =>
      rules.map((rule) =>
        rule.purpose === "user_report_review" && rule.role === "moderator" && rule.subject === "ordinary"
          ? { ...rule, requirement: "one_approver" }
          : rule,
      ),
    );
    await expect(openView(moderator.actor, found.id, PRESET)).rejects.toEqual(refused("needs-approver"));
    expect((await readCase(moderator.actor, found.id)).accessOptions).toContainEqual({
      purpose: "user_report_review",
      scope: "flagged_window",
      requirement: "one_approver",
    });
    await original();
  });

  test("a restricted subject's own rule stands before the general one", async () => {
    const queue = await world.queue("Restricted", { restrictedSubject: "child_safety" });
    const by = await world.person(["specialist"], { queues: [queue], clearances: ["child_safety"] });
    const found = await world.case({ queue, restrictedSubject: "child_safety" });
    await claimCase(by.actor, found.id);
    await confirmed((rules) => [
      ...rules,
      {
        role: "specialist",
        purpose: "user_report_review",
        scope: "flagged_window",
        subject: "child_safety",
        requirement: "two_approvers",
        minutes: 10,
        viewLimit: 2,
      },
    ]);
    await expect(openView(by.actor, found.id, PRESET)).rejects.toEqual(refused("needs-two-approvers"));
    await original();
    await openView(by.actor, found.id, PRESET);
  });

  test("offers on the case page exactly what it would decide, for every role and kind of thread", async () => {
    const officerId = officer.id;
    const restricted = await world.queue("Cleared", { restrictedSubject: "child_safety" });
    await world.admin`insert into access.watch_list (platform_id, participant_id, category, reason, added_by)
      values (${world.platformId}, 'p-listed', 'official', 'Holds an office.', ${officerId})`;
    const own = await confirmed((rules) => [
      ...rules,
      {
        role: "specialist",
        purpose: "user_report_review",
        scope: "whole_thread",
        subject: "child_safety",
        requirement: "never",
        minutes: 10,
        viewLimit: 2,
      },
    ]);
    for (const options of [
      {},
      { accounts: ["p-listed", "p-1"] },
      { queue: restricted, restrictedSubject: "child_safety" },
      { queue: restricted, restrictedSubject: "child_safety", accounts: ["p-listed", "p-1"] },
    ]) {
      const found = await world.case(options);
      for (const roles of [
        ["moderator"],
        ["specialist"],
        ["moderator", "lead"],
        ["specialist", "lead"],
      ] as const) {
        const by = await world.person([...roles], {
          queues: [world.queueId, restricted],
          clearances: ["child_safety"],
        });
        await claimCase(by.actor, found.id);
        const { accessOptions } = await readCase(by.actor, found.id);
        await releaseCase(by.actor, found.id);
        expect(accessOptions.length).toBeGreaterThan(0);
        for (const { purpose, scope, requirement } of accessOptions) {
          const [row] =
            await world.admin`select (access.ruling_on(${[...roles]}::text[], access.subjects_of(c), ${purpose}, ${scope})).requirement as yes
            from triage.cases c where c.id = ${found.id}`;
          expect([roles, purpose, scope, requirement]).toEqual([roles, purpose, scope, row?.yes]);
        }
      }
    }
    expect(own).not.toBe("");
    await original();
  });

  test("does not tell whoever looks through cases which of them are watch-listed or a colleague's", async () => {
    await world.admin`insert into access.watch_list (platform_id, participant_id, category, reason, added_by)
      values (${world.platformId}, 'p-quiet', 'journalist', 'Works in the press.', ${officer.id})`;
    const [plain, listed] = [await world.case(), await world.case({ accounts: ["p-quiet", "p-2"] })];
    const { actor } = await world.person(["moderator"]);
    const options = async (id: string) => (await readCase(actor, id)).accessOptions;
    expect(await options(listed.id)).toEqual(await options(plain.id));
    await claimCase(actor, listed.id);
    expect(await options(listed.id)).not.toEqual(await options(plain.id));
  });

  test("limits how long a grant lasts and how many views it opens", async () => {
    const [moderator, found] = await Promise.all([world.person(["moderator"]), world.case()]);
    await claimCase(moderator.actor, found.id);
    await confirmed((rules) => rules.map((rule) => ({ ...rule, minutes: 7, viewLimit: 1 })));
    const { grantId } = await openView(moderator.actor, found.id, PRESET);
    const [grant] =
      await world.admin`select view_limit, views_used, round(extract(epoch from expires_at - granted_at))::int as seconds
      from access.grants where id = ${grantId}`;
    expect(grant).toEqual({ view_limit: 1, views_used: 1, seconds: 420 });
    await original();
  });
});

describe("the simulator", () => {
  test("says for a role what decides, for every role, purpose and scope", async () => {
    const answers = new Set<string>();
    for (const role of ROLES)
      for (const purpose of PURPOSES)
        for (const scope of SCOPES) {
          const asked = { versionId: null, roles: [role], purpose, scope, subjects: ["ordinary"] };
          const { ruling } = await simulatePolicy(officer.actor, asked);
          answers.add(`${role} ${ruling?.requirement}`);
          if (["compliance_officer", "administrator", "auditor", "legal_counsel"].includes(role))
            expect(ruling?.requirement).toBe("never");
        }
    expect(answers).toContain("specialist automatic");
    expect(answers).toContain("lead ticket");
  });

  test("says for several roles and subjects which rule decided: the mildest role, the strictest subject", async () => {
    const asked = {
      versionId: null,
      roles: ["moderator" as const, "specialist" as const],
      purpose: "user_report_review" as const,
      scope: "whole_thread" as const,
      subjects: ["watch_listed", "child_safety"],
    };
    const { ruling } = await simulatePolicy(officer.actor, asked);
    expect(ruling).toMatchObject({
      requirement: "two_approvers",
      rule: { role: "specialist", subject: "watch_listed" },
    });
  });

  test("says for a case who could open it, and what stands in the way of each", async () => {
    const [claimer, unclaimed, elsewhere] = await Promise.all([
      world.person(["moderator"]),
      world.person(["moderator"]),
      world.person(["moderator"], { queues: [], regions: ["us"] }),
    ]);
    const found = await world.case();
    await claimCase(claimer.actor, found.id);
    const asked = {
      versionId: null,
      caseId: found.id,
      purpose: "user_report_review" as const,
      scope: "flagged_window" as const,
    };
    const { people, subjects } = await simulatePolicy(officer.actor, asked);
    const of = (person: Person) => people.find((one) => one.person.id === person.id);
    expect(subjects).toEqual(["ordinary"]);
    expect(of(claimer)).toMatchObject({ requirement: "automatic", obstacles: [] });
    expect(of(unclaimed)).toMatchObject({ requirement: "automatic", obstacles: ["claim"] });
    expect(of(elsewhere)).toMatchObject({ obstacles: ["queue", "region", "claim"] });
    expect(await world.events("policy.simulated")).toMatchObject([
      { case_id: found.id, actor_id: officer.id },
    ]);
  });

  test("tries a proposal, and tells nobody but officers about a case", async () => {
    const id = await draft(officer, without("appeal"));
    const asked = {
      versionId: id,
      roles: ["moderator" as const],
      purpose: "appeal" as const,
      scope: "flagged_window" as const,
      subjects: ["ordinary"],
    };
    expect((await simulatePolicy(officer.actor, asked)).ruling?.requirement).toBe("never");
    await movePolicy(officer.actor, id, "withdraw", WHY);
    const found = await world.case();
    for (const role of ["administrator", "auditor", "lead", "moderator"] as const) {
      const person = await world.person([role]);
      await expect(
        simulatePolicy(person.actor, {
          versionId: null,
          caseId: found.id,
          purpose: "appeal",
          scope: "flagged_window",
        }),
      ).rejects.toEqual(refused("wrong-role"));
    }
  });
});
