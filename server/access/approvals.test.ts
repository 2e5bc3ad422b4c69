import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openView } from "../disclosure/openView.ts";
import { readView } from "../disclosure/readView.ts";
import { makeWorld, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { answerQuestion } from "./answerQuestion.ts";
import { answerRequest } from "./answerRequest.ts";
import { askBack } from "./askBack.ts";
import { listNotices } from "./listNotices.ts";
import { listRequests } from "./listRequests.ts";
import { openRequest } from "./openRequest.ts";
import { openUnderGrant } from "./openUnderGrant.ts";
import { readRequest } from "./readRequest.ts";
import { requestAccess } from "./requestAccess.ts";
import { revokeGrant } from "./revokeGrant.ts";
import { ask, codesOf, refused, stageOf } from "./test/stage.ts";
import { withdrawRequest } from "./withdrawRequest.ts";

let world: World;
let stage: ReturnType<typeof stageOf>;
beforeAll(async () => {
  world = await makeWorld();
  stage = stageOf(world);
});
afterAll(() => world.end());

const INBOX = { box: "inbox", open: true, limit: 100 } as const;
const yes = (by: { actor: Parameters<typeof answerRequest>[0] }, id: string) =>
  answerRequest(by.actor, id, "approved", null);

/** A request that needs two: a specialist who wants the whole thread of a decided case. */
async function needsTwo() {
  const [by, found] = await Promise.all([stage.specialist(), stage.decided()]);
  return { by, found, id: await stage.waiting(by, found.id, { scope: "whole_thread" }) };
}
/** A request that needs one. */
async function needsOne() {
  const [by, found] = await Promise.all([stage.moderator(), stage.decided()]);
  return { by, found, id: await stage.waiting(by, found.id) };
}

describe("a request", () => {
  test("opens once another has approved it, and not before", async () => {
    const { by, id } = await needsOne();
    await expect(openRequest(by.actor, id)).rejects.toEqual(refused("not-approved"));
    expect(await yes(await stage.lead(), id)).toEqual({ state: "approved", approved: 1, needs: 1 });
    const view = await openRequest(by.actor, id);
    const content = (await readView(by.actor, view.viewId)).reveal();
    expect(content.messages).toHaveLength(11);
    await expect(openRequest(by.actor, id)).rejects.toEqual(refused("request-closed"));
  });

  test("that needs two is not opened with one", async () => {
    const { by, id } = await needsTwo();
    expect(await yes(await stage.lead(), id)).toEqual({ state: "pending", approved: 1, needs: 2 });
    await expect(openRequest(by.actor, id)).rejects.toEqual(refused("not-approved"));
    expect((await yes(await stage.specialist(), id)).state).toBe("approved");
    expect((await openRequest(by.actor, id)).messageCount).toBe(20);
  });

  test("tells its approver what would be seen in figures, and nothing of what it says", async () => {
    const { id } = await needsOne();
    const lead = await stage.lead();
    const found = (await listRequests(lead.actor, INBOX)).requests.find((one) => one.id === id);
    expect(found?.would).toEqual({ messages: 11, participants: 2, minors: 0, attachments: 0, threads: 1 });
    expect(found?.may).toEqual({ approve: true, answer: false, withdraw: false, open: false });
    expect(JSON.stringify(found)).not.toMatch(/Placeholder|account-\d|Example \d/);
  });

  test("is asked back about, answered, and answered for", async () => {
    const { by, id } = await needsOne();
    const lead = await stage.lead();
    await askBack(lead.actor, id, "Which report is this about?");
    const asked = await readRequest(by.actor, id);
    expect(asked.may.answer).toBe(true);
    await answerQuestion(by.actor, id, {
      questionId: asked.questions[0]?.id as string,
      answer: "The one of this morning.",
    });
    const answered = await readRequest(lead.actor, id);
    expect(answered.questions).toMatchObject([
      { question: "Which report is this about?", answer: "The one of this morning." },
    ]);
    await expect(
      answerQuestion(by.actor, id, { questionId: answered.questions[0]?.id as string, answer: "Another." }),
    ).rejects.toEqual(refused("not-found"));
    await yes(lead, id);
  });

  test("that was denied stays denied", async () => {
    const { by, id } = await needsOne();
    const [lead, other] = await Promise.all([stage.lead(), stage.lead()]);
    expect((await answerRequest(lead.actor, id, "denied", "The first decision is clear.")).state).toBe(
      "denied",
    );
    await expect(yes(other, id)).rejects.toEqual(refused("request-closed"));
    await expect(openRequest(by.actor, id)).rejects.toEqual(refused("request-closed"));
  });

  test("is made once, not twenty times", async () => {
    const { by, found } = await needsOne();
    await expect(requestAccess(by.actor, found.id, ask())).rejects.toEqual(refused("already-asked"));
  });

  test("lapses when nobody answers, and an approval when nobody takes it up", async () => {
    const [one, two] = await Promise.all([needsOne(), needsOne()]);
    await yes(await stage.lead(), two.id);
    await world.admin`update access.requests set expires_at = now() - interval '1 second' where id = ${one.id}`;
    await world.admin`update access.requests set usable_until = now() - interval '1 second' where id = ${two.id}`;
    await expect(yes(await stage.lead(), one.id)).rejects.toEqual(refused("request-closed"));
    await expect(openRequest(two.by.actor, two.id)).rejects.toEqual(refused("request-closed"));
    await world.admin`select access.expire_requests()`;
    const events = await world.events("approval.expired");
    for (const { id } of [one, two]) expect(events.some(({ detail }) => detail.request === id)).toBe(true);
    expect((await readRequest(one.by.actor, one.id)).state).toBe("expired");
  });
});

describe("promise 5, nobody approves themselves: nobody", () => {
  test("approves their own request", async () => {
    const { by, id } = await needsTwo();
    await expect(yes(by, id)).rejects.toEqual(refused("own-request"));
    await expect(
      world.admin`insert into access.approvals (request_id, requester_id, staff_id, session_id, answer, place)
        values (${id}, ${by.id}, ${by.id}, ${by.sessionId}, 'approved', 1)`,
    ).rejects.toMatchObject({ constraint_name: "nobody_answers_themselves" });
    const other = await stage.lead();
    await expect(
      world.admin`insert into access.approvals (request_id, requester_id, staff_id, session_id, answer, place)
        values (${id}, ${other.id}, ${by.id}, ${by.sessionId}, 'approved', 1)`,
    ).rejects.toMatchObject({ code: "23503" });
  });

  test.each(["moderator", "compliance_officer", "administrator", "auditor", "legal_counsel"] as const)(
    "approves in the role of %s",
    async (role) => {
      const { id } = await needsOne();
      await expect(yes(await world.person([role]), id)).rejects.toEqual(refused("wrong-role"));
    },
  );

  test("approves, or sees, what lies outside their queue, region or clearance", async () => {
    const queue = await world.queue("Restricted", { restrictedSubject: "child_safety" });
    const by = await world.person(["specialist"], { queues: [queue], clearances: ["child_safety"] });
    const found = await world.case({ queue, restrictedSubject: "child_safety" });
    await claimCase(by.actor, found.id);
    const id = await stage.waiting(by, found.id, { purpose: "user_report_review", scope: "attachment" });
    for (const out of [
      await stage.lead(),
      await world.person(["lead"], { queues: [queue] }),
      await world.person(["lead"], { queues: [queue], clearances: ["child_safety"], regions: ["us"] }),
    ]) {
      await expect(yes(out, id)).rejects.toEqual(refused("not-found"));
      await expect(readRequest(out.actor, id)).rejects.toEqual(refused("not-found"));
      expect((await listRequests(out.actor, INBOX)).requests.map((one) => one.id)).not.toContain(id);
    }
    const cleared = await world.person(["lead"], { queues: [queue], clearances: ["child_safety"] });
    expect((await yes(cleared, id)).state).toBe("approved");
  });

  test("approves twice, from two sessions, for a request that needs two", async () => {
    const { by, id } = await needsTwo();
    const lead = await stage.lead();
    const again = await world.session(lead.id);
    const results = await Promise.allSettled([yes(lead, id), yes(again, id), yes(lead, id), yes(again, id)]);
    expect(codesOf(results)).toEqual(["already-answered", "already-answered", "already-answered", "done"]);
    await expect(openRequest(by.actor, id)).rejects.toEqual(refused("not-approved"));
  });

  test("opens another's approved request", async () => {
    const { id } = await needsOne();
    const lead = await stage.lead();
    await yes(lead, id);
    await expect(openRequest(lead.actor, id)).rejects.toEqual(refused("not-found"));
    await expect(withdrawRequest(lead.actor, id)).rejects.toEqual(refused("not-found"));
  });

  test("approves with a colleague in turn without compliance being told", async () => {
    const [a, b, officer] = await Promise.all([stage.specialist(), stage.specialist(), stage.officer()]);
    const [one, two] = await Promise.all([stage.decided(), stage.decided()]);
    const change = { scope: "wider_window" } as const;
    await yes(b, await stage.waiting(a, one.id, change));
    expect((await listNotices(officer.actor, { open: true, limit: 50 })).notices).toEqual([]);
    await yes(a, await stage.waiting(b, two.id, change));
    const { notices } = await listNotices(officer.actor, { open: true, limit: 50 });
    expect(notices).toMatchObject([
      { kind: "reciprocal_approval", subject: { id: a.id }, other: { id: b.id }, acknowledgedAt: null },
    ]);
    expect(await world.events("approval.reciprocal")).toHaveLength(1);
  });
});

describe("of things that happen at once", () => {
  test("two approvals of a request that needs one: one approves", async () => {
    for (let round = 0; round < 5; round++) {
      const { by, id } = await needsOne();
      const approvers = await Promise.all([
        stage.lead(),
        stage.specialist(),
        stage.lead(),
        stage.specialist(),
      ]);
      const results = await Promise.allSettled(approvers.map((one) => yes(one, id)));
      expect(codesOf(results)).toEqual(["done", "request-closed", "request-closed", "request-closed"]);
      await openRequest(by.actor, id);
      const [row] = await world.admin`select count(*)::int as n from access.grants where request_id = ${id}`;
      expect(row?.n).toBe(1);
    }
  });

  test("two who approve each other's requests at the same moment are told of to compliance", async () => {
    for (let round = 0; round < 3; round++) {
      const before = (await world.events("approval.reciprocal")).length;
      const [a, b] = [await stage.specialist(), await stage.specialist()];
      const [ofA, ofB] = await Promise.all(
        [a, b].map(async (by) =>
          stage.waiting(by, (await stage.decided()).id, { purpose: "quality_review" }),
        ),
      );
      await Promise.all([yes(a, ofB as string), yes(b, ofA as string)]);
      expect((await world.events("approval.reciprocal")).length).toBe(before + 1);
    }
  });

  test("two takings-up of one approval: one grant", async () => {
    const { by, id } = await needsOne();
    await yes(await stage.lead(), id);
    const again = await world.session(by.id);
    const results = await Promise.allSettled(
      [by, again, by, again].map(({ actor }) => openRequest(actor, id)),
    );
    expect(codesOf(results)).toEqual(["done", "request-closed", "request-closed", "request-closed"]);
    const [row] = await world.admin`select count(*)::int as n from access.grants where request_id = ${id}`;
    expect(row?.n).toBe(1);
  });

  test("an approval and a withdrawal: a withdrawn request never opens", async () => {
    for (let round = 0; round < 5; round++) {
      const { by, id } = await needsOne();
      const lead = await stage.lead();
      await Promise.allSettled([yes(lead, id), withdrawRequest(by.actor, id)]);
      expect((await readRequest(by.actor, id)).state).toBe("withdrawn");
      await expect(openRequest(by.actor, id)).rejects.toEqual(refused("request-closed"));
    }
  });

  test("an approval and a denial: whichever came first stands, and there is one outcome", async () => {
    for (let round = 0; round < 5; round++) {
      const { id, by } = await needsOne();
      const [a, b] = await Promise.all([stage.lead(), stage.lead()]);
      const results = await Promise.allSettled([yes(a, id), answerRequest(b.actor, id, "denied", "No.")]);
      expect(codesOf(results)).toEqual(["done", "request-closed"]);
      expect(["approved", "denied"]).toContain((await readRequest(by.actor, id)).state);
    }
  });

  test("an approval and the loss of the role: it was given before, or it is refused", async () => {
    for (let round = 0; round < 8; round++) {
      const { by, id } = await needsOne();
      const lead = await stage.lead();
      const [answer] = await Promise.allSettled([
        yes(lead, id),
        world.admin`select staff.change_member(${lead.id}, '{moderator}', '{eu}', '{}')`,
      ]);
      if (answer.status === "rejected") expect(answer.reason).toEqual(refused("wrong-role"));
      // Even an approval that came first does not outlive the role that gave it.
      await expect(openRequest(by.actor, id)).rejects.toMatchObject({ name: "Refusal" });
    }
  });

  test("a revocation and an opening: what was opened is ended, or was never opened", async () => {
    for (let round = 0; round < 5; round++) {
      const { by, id } = await needsOne();
      await yes(await stage.lead(), id);
      const { grantId } = await openRequest(by.actor, id);
      const [opened] = await Promise.allSettled([
        openUnderGrant(by.actor, grantId, null),
        revokeGrant(by.actor, grantId, null),
      ]);
      if (opened.status === "rejected") expect(opened.reason).toEqual(refused("grant-expired"));
      else await expect(readView(by.actor, opened.value.viewId)).rejects.toEqual(refused("view-ended"));
    }
  });
});

describe("between approval and reading", () => {
  test("an approver who lost the clearance does not count any more, and the request waits again", async () => {
    const { by, id } = await needsOne();
    const lead = await stage.lead();
    await yes(lead, id);
    await world.admin`delete from triage.queue_members where staff_id = ${lead.id}`;
    await expect(openRequest(by.actor, id)).rejects.toEqual(refused("needs-approver"));
    expect((await readRequest(by.actor, id)).state).toBe("pending");
    await yes(await stage.lead(), id);
    await openRequest(by.actor, id);
  });

  test("a requester who was demoted opens nothing", async () => {
    const { by, id } = await needsTwo();
    await yes(await stage.lead(), id);
    await yes(await stage.lead(), id);
    await world.admin`update staff.members set roles = '{moderator}' where id = ${by.id}`;
    await expect(openRequest(by.actor, id)).rejects.toEqual(refused("purpose-not-allowed"));
  });

  test("a requester who was demoted after opening cannot read", async () => {
    const { by, id } = await needsTwo();
    await yes(await stage.lead(), id);
    await yes(await stage.lead(), id);
    const view = await openRequest(by.actor, id);
    await world.admin`update staff.members set roles = '{moderator}' where id = ${by.id}`;
    await expect(readView(by.actor, view.viewId)).rejects.toEqual(refused("purpose-not-allowed"));
  });

  const lose = {
    "loses the role": (id: string) =>
      world.admin`select staff.change_member(${id}, '{moderator}', '{eu}', '{}')`,
    "loses the region": (id: string) =>
      world.admin`select staff.change_member(${id}, '{lead}', '{us}', '{}')`,
    "is disabled": (id: string) => world.admin`select staff.disable_member(${id})`,
    "leaves the queue": (id: string) =>
      world.admin`select staff.set_queue_membership(${id}, ${world.queueId}, false)`,
  };
  test.each(Object.entries(lose))(
    "an approver who %s ends what was opened by their approval, and nothing else",
    async (_, act) => {
      const [one, other] = await Promise.all([needsOne(), needsOne()]);
      const [lead, another] = await Promise.all([stage.lead(), stage.lead()]);
      await yes(lead, one.id);
      await yes(another, other.id);
      const [view, kept] = [
        await openRequest(one.by.actor, one.id),
        await openRequest(other.by.actor, other.id),
      ];
      await act(lead.id);
      await expect(readView(one.by.actor, view.viewId)).rejects.toEqual(refused("view-ended"));
      await expect(openUnderGrant(one.by.actor, view.grantId, null)).rejects.toEqual(
        refused("grant-expired"),
      );
      expect((await readView(other.by.actor, kept.viewId)).reveal().messages.length).toBe(11);
      const ended = (await world.events("grant.revoked")).filter((event) => event.grant_id === view.grantId);
      expect(ended).toMatchObject([{ actor_kind: "system", subject_staff_id: one.by.id }]);
    },
  );

  test("a case that moves out of its approver's sight is read no more by their approval", async () => {
    const { by, found, id } = await needsOne();
    await yes(await stage.lead(), id);
    const view = await openRequest(by.actor, id);
    const [other] = await world.admin`insert into triage.queues (name) values ('Out of sight') returning id`;
    await world.admin`select staff.set_queue_membership(${by.id}, ${other?.id}, true)`;
    expect((await readView(by.actor, view.viewId)).reveal().messages.length).toBe(11);
    await world.admin`update triage.cases set queue_id = ${other?.id} where id = ${found.id}`;
    await expect(readView(by.actor, view.viewId)).rejects.toEqual(refused("needs-approver"));
    await expect(openUnderGrant(by.actor, view.grantId, null)).rejects.toEqual(refused("needs-approver"));
  });

  test("an approver who loses the right while it is taken up ends it, or came before it", async () => {
    for (let i = 0; i < 4; i++) {
      const { by, id } = await needsOne();
      const lead = await stage.lead();
      await yes(lead, id);
      const [opened] = await Promise.allSettled([
        openRequest(by.actor, id),
        world.admin`select staff.change_member(${lead.id}, '{moderator}', '{eu}', '{}')`,
      ]);
      if (opened.status === "rejected") expect(opened.reason).toEqual(refused("needs-approver"));
      else await expect(readView(by.actor, opened.value.viewId)).rejects.toEqual(refused("view-ended"));
    }
  });

  test("an approval for a claimed case still needs the claim", async () => {
    const [by, found] = await Promise.all([stage.specialist(), world.case({ files: [10] })]);
    await claimCase(by.actor, found.id);
    const id = await stage.waiting(by, found.id, { purpose: "user_report_review", scope: "attachment" });
    await yes(await stage.lead(), id);
    await world.admin`update triage.cases set claim_expires_at = now() where id = ${found.id}`;
    await expect(openRequest(by.actor, id)).rejects.toEqual(refused("not-your-claim"));
    await claimCase(by.actor, found.id);
    const view = await openRequest(by.actor, id);
    const { messages } = (await readView(by.actor, view.viewId)).reveal();
    expect(messages.map((one) => one.attachments.map((file) => file.location))).toEqual([
      ["https://files.example.org/10"],
    ]);
  });

  test("no address of a file is told under any other scope", async () => {
    const [by, found] = await Promise.all([stage.specialist(), world.case({ files: [10] })]);
    await claimCase(by.actor, found.id);
    const view = await openView(by.actor, found.id, {
      purpose: "user_report_review",
      scope: "whole_thread",
      preset: false,
      reason: "The report speaks of everything.",
    });
    const { messages } = (await readView(by.actor, view.viewId)).reveal();
    expect(messages.flatMap((one) => one.attachments.map((file) => file.location))).toEqual([null]);
  });
});

test("what the web process may do by itself does not include writing an approval", async () => {
  const { id } = await needsOne();
  const lead = await stage.lead();
  const sql = postgres(world.urls.web, { max: 1, onnotice: () => {} });
  try {
    for (const statement of [
      `insert into access.approvals (request_id, requester_id, staff_id, session_id, answer, place) select '${id}', staff_id, '${lead.id}', session_id, 'approved', 1 from access.requests`,
      `update access.requests set state = 'approved'`,
      "select * from access.requests",
      "select * from access.watch_list",
      "select * from staff.platform_accounts",
      "update access.policy_rules set requirement = 'automatic'",
    ])
      await expect(sql.unsafe(statement), statement).rejects.toMatchObject({ code: "42501" });
  } finally {
    await sql.end();
  }
});
