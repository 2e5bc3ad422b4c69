import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openView } from "../disclosure/openView.ts";
import { readView } from "../disclosure/readView.ts";
import { isInside } from "../http/pinned.ts";
import { postPinned } from "../http/postPinned.ts";
import { hear } from "../live/hub.ts";
import { recordAccount } from "../staff/recordAccount.ts";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { releaseCase } from "../triage/releaseCase.ts";
import { addWatch } from "./addWatch.ts";
import { answerRequest } from "./answerRequest.ts";
import { listGrants } from "./listGrants.ts";
import { listThreads } from "./listThreads.ts";
import { openRequest } from "./openRequest.ts";
import { openUnderGrant } from "./openUnderGrant.ts";
import { requestAccess } from "./requestAccess.ts";
import { revokeGrant } from "./revokeGrant.ts";
import { ask, codesOf, refused, stageOf } from "./test/stage.ts";

let world: World;
let stage: ReturnType<typeof stageOf>;
beforeAll(async () => {
  world = await makeWorld();
  stage = stageOf(world);
});
afterAll(() => world.end());

const PRESET = { purpose: "user_report_review", scope: "flagged_window", preset: true } as const;
const TICKET = { ticket: "TRUST-1042" };

/** A grant on a ticket, as a specialist gets it for a second decision. */
async function granted(by?: Person) {
  const [person, found] = [by ?? (await stage.specialist()), await stage.decided()];
  const answer = await requestAccess(person.actor, found.id, ask(TICKET));
  if (answer.state !== "granted") throw new Error("It was not granted.");
  return { by: person, found, grantId: answer.grantId };
}

describe("a grant", () => {
  test("opens as many views as its rule says, however many ask at once, and no more", async () => {
    const { by, grantId } = await granted();
    const results = await Promise.allSettled(
      Array.from({ length: 14 }, () => openUnderGrant(by.actor, grantId, null)),
    );
    expect(codesOf(results)).toEqual([...Array(10).fill("done"), ...Array(4).fill("view-limit")]);
  });

  test("is one person's and one session's", async () => {
    const { by, grantId } = await granted();
    const other = await stage.specialist();
    await expect(openUnderGrant(other.actor, grantId, null)).rejects.toEqual(refused("not-found"));
    const again = await world.session(by.id);
    await expect(openUnderGrant(again.actor, grantId, null)).rejects.toEqual(refused("other-session"));
  });

  test("ends by the clock, whatever the transaction's time says", async () => {
    const { by, grantId } = await granted();
    await world.admin`update access.grants set expires_at = clock_timestamp() where id = ${grantId}`;
    await expect(openUnderGrant(by.actor, grantId, null)).rejects.toEqual(refused("grant-expired"));
  });

  test.each([
    ["an officer", () => world.person(["compliance_officer"])],
    ["a lead who sees the case", () => world.person(["lead"])],
  ] as const)("is revoked by %s: what is open ends and the page hears of it", async (_, make) => {
    const { by, grantId } = await granted();
    const view = await openUnderGrant(by.actor, grantId, null);
    await readView(by.actor, view.viewId);
    const heard: object[] = [];
    const stop = await hear((what) => {
      if (what.type === "view_ended") heard.push(what);
    });
    const who = await make();
    expect((await listGrants(who.actor, "live")).grants.map((one) => one.id)).toContain(grantId);
    await revokeGrant(who.actor, grantId, "Not needed any more.");
    await expect
      .poll(() => heard)
      .toContainEqual({ type: "view_ended", viewId: view.viewId, sessionId: by.sessionId });
    stop();
    await expect(readView(by.actor, view.viewId)).rejects.toEqual(refused("view-ended"));
    await expect(openUnderGrant(by.actor, grantId, null)).rejects.toEqual(refused("grant-expired"));
  });

  test("is revoked by its holder, and by no other moderator, specialist, lead elsewhere or administrator", async () => {
    const { by, grantId } = await granted();
    for (const person of [
      await stage.moderator(),
      await stage.specialist(),
      await world.person(["lead"], { queues: [] }),
      await world.person(["administrator"]),
    ])
      await expect(revokeGrant(person.actor, grantId, null)).rejects.toEqual(refused("not-found"));
    await revokeGrant(by.actor, grantId, null);
    await expect(revokeGrant(by.actor, grantId, null)).rejects.toEqual(refused("grant-expired"));
  });

  test("of a claimed case does not outlive the claim", async () => {
    const [by, found] = await Promise.all([stage.moderator(), world.case()]);
    await claimCase(by.actor, found.id);
    const { grantId } = await openView(by.actor, found.id, PRESET);
    await openUnderGrant(by.actor, grantId, null);
    await releaseCase(by.actor, found.id);
    await expect(openUnderGrant(by.actor, grantId, null)).rejects.toEqual(refused("not-your-claim"));
  });

  test("cannot be planted as approved without a request", async () => {
    const { by, found } = await granted();
    await expect(
      world.admin`insert into access.grants (staff_id, session_id, case_id, thread_id, purpose, scope, reason, preset, requirement, expires_at)
        values (${by.id}, ${by.sessionId}, ${found.id}, ${found.threadId}, 'appeal', 'whole_thread', 'Forged.', false, 'two_approvers', now() + interval '1 hour')`,
    ).rejects.toMatchObject({ constraint_name: "approved_by_request" });
  });

  test("planted with a mild requirement opens nothing that asks for more", async () => {
    const { by, found } = await granted();
    const [planted] = await world.admin`
      insert into access.grants (staff_id, session_id, case_id, thread_id, purpose, scope, reason, preset, requirement, expires_at)
      values (${by.id}, ${by.sessionId}, ${found.id}, ${found.threadId}, 'appeal', 'whole_thread', 'Forged.', false, 'automatic', now() + interval '1 hour')
      returning id`;
    await expect(openUnderGrant(by.actor, planted?.id, null)).rejects.toEqual(refused("needs-two-approvers"));
  });
});

describe("a purpose without a claim", () => {
  test("needs a decision of somebody else's: nobody second-guesses what is not decided, or themselves", async () => {
    const [by, found] = await Promise.all([stage.specialist(), world.case()]);
    await expect(requestAccess(by.actor, found.id, ask(TICKET))).rejects.toEqual(
      refused("purpose-not-allowed"),
    );
    const decided = await stage.decided();
    const [row] = await world.admin`select decided_by from triage.decisions where case_id = ${decided.id}`;
    const decider = await world.session(row?.decided_by);
    await expect(requestAccess(decider.actor, decided.id, ask(TICKET))).rejects.toEqual(
      refused("purpose-not-allowed"),
    );
  });

  test("stops at queue, region and clearance", async () => {
    const found = await stage.decided();
    for (const by of [
      await world.person(["specialist"], { queues: [] }),
      await world.person(["specialist"], { regions: ["us"] }),
    ])
      await expect(requestAccess(by.actor, found.id, ask(TICKET))).rejects.toEqual(refused("not-found"));
  });

  test("without a ticket, or with a number of no ticket's form, is refused", async () => {
    const [by, found] = await Promise.all([stage.specialist(), stage.decided()]);
    await expect(requestAccess(by.actor, found.id, ask())).rejects.toEqual(refused("needs-ticket"));
    for (const ticket of ["1042", "TRUST-", "TRUST-1042; x", "TRUST-1042\nTRUST-1", "trust-1042"])
      await expect(requestAccess(by.actor, found.id, ask({ ticket }))).rejects.toEqual(
        refused("ticket-not-accepted"),
      );
  });

  test("legal process opens nothing until a policy says so, whoever asks", async () => {
    const found = await stage.decided();
    for (const roles of [["legal_counsel"], ["specialist"], ["lead"]] as const) {
      const by = await world.person([...roles]);
      await expect(
        requestAccess(by.actor, found.id, ask({ purpose: "legal_process", reference: "LP-2026-7" })),
      ).rejects.toEqual(refused("purpose-not-allowed"));
      await expect(requestAccess(by.actor, found.id, ask({ purpose: "legal_process" }))).rejects.toEqual(
        refused("needs-reference"),
      );
    }
  });
});

describe("a reason", () => {
  test("that is pasted again and again is refused, kindly and on record, and a fresh one is not", async () => {
    const by = await stage.specialist();
    const found = await world.case();
    await claimCase(by.actor, found.id);
    const open = (reason: string) =>
      openView(by.actor, found.id, {
        purpose: "user_report_review",
        scope: "flagged_window",
        preset: false,
        reason,
      });
    for (let i = 0; i < 10; i++) await open(`Case ${i}: reviewing, as reported!`);
    for (const dressed of [
      "Case 11: reviewing, as reported!",
      "CASE 12 — reviewing as reported",
      "ca\u200bse re\u2060viewing as reported…",
      "ｃａｓｅ reviewing, as reported",
    ])
      await expect(open(dressed), dressed).rejects.toEqual(refused("reason-repeated"));
    const [event] = await world.events("access.requested");
    expect(event).toMatchObject({ outcome: "denied", actor_id: by.id, detail: { code: "reason-repeated" } });
    await open("The second participant names a school this time.");
    // Two sentences in turn are no better than one.
    await expect(open("Case 13: reviewing, as reported!")).rejects.toEqual(refused("reason-repeated"));
    // The preset says itself that it is one.
    await openView(by.actor, found.id, PRESET);
  });
});

describe("several threads of one participant", () => {
  async function several() {
    const mine = `many-${Math.random().toString(36).slice(2)}`;
    const by = await stage.specialist();
    const found = await world.case({ accounts: [mine, "p-1"] });
    const others = [];
    for (let i = 0; i < 22; i++) others.push(await world.case({ accounts: [mine, "p-1"] }));
    await claimCase(by.actor, found.id);
    const [participant] = await world.admin`select id from sealed.participants
      where thread_id = ${found.threadId} and platform_participant_id = ${mine}`;
    const id = await stage.waiting(by, found.id, {
      purpose: "user_report_review",
      scope: "participant_threads",
      participantId: participant?.id,
    });
    for (const one of [await stage.lead(), await stage.lead()])
      await answerRequest(one.actor, id, "approved", null);
    return { by, found, others, mine, view: await openRequest(by.actor, id) };
  }

  test("open each in a view of its own, twenty at the most, within reach, and none besides", async () => {
    const { by, found, others, mine, view } = await several();
    const { threads, truncated } = await listThreads(by.actor, view.grantId);
    expect(threads).toHaveLength(20);
    expect(threads[0]?.threadId).toBe(found.threadId);
    expect(truncated).toBe(true);
    const [another] = threads.filter(({ threadId }) => threadId !== found.threadId);
    const opened = await openUnderGrant(by.actor, view.grantId, another?.threadId ?? null);
    const content = (await readView(by.actor, opened.viewId)).reveal();
    expect(content.messages).toHaveLength(11);
    expect(content.caseId).toBe(another?.caseId);
    const [row] = await world.admin`select thread_id, grant_id from access.views where id = ${opened.viewId}`;
    expect(row).toEqual({ thread_id: another?.threadId, grant_id: view.grantId });

    // Not one beyond the twenty, nor a stranger's.
    const listed = new Set(threads.map(({ threadId }) => threadId));
    const beyond = others.find(({ threadId }) => !listed.has(threadId));
    const strangers = await world.case({ accounts: ["stranger", "p-2"] });
    for (const threadId of [beyond?.threadId ?? "", strangers.threadId])
      await expect(openUnderGrant(by.actor, view.grantId, threadId)).rejects.toEqual(refused("not-found"));

    // One that lies in another region, or under a clearance, is not opened and not listed.
    const [abroad, restricted] = threads.slice(2, 4);
    await world.admin`update triage.cases set region = 'us' where thread_id = ${abroad?.threadId ?? null}`;
    await world.admin`update triage.cases set restricted_subject = 'child_safety' where thread_id = ${restricted?.threadId ?? null}`;
    for (const one of [abroad, restricted])
      await expect(openUnderGrant(by.actor, view.grantId, one?.threadId ?? "")).rejects.toEqual(
        refused("not-found"),
      );
    const left = (await listThreads(by.actor, view.grantId)).threads.map(({ threadId }) => threadId);
    expect(left).toHaveLength(20);
    for (const one of [abroad, restricted]) expect(left).not.toContain(one?.threadId);

    // Nor is one read whose claim is gone.
    await releaseCase(by.actor, found.id);
    await expect(readView(by.actor, opened.viewId)).rejects.toMatchObject({ name: "Refusal" });
    expect(mine).not.toBe("");
  });

  test("do not open beyond what each approver could open: not their region or clearance, not with an account of theirs", async () => {
    const mine = "many-approved";
    const everywhere = { regions: ["eu", "us"], clearances: ["child_safety"] };
    const by = await world.person(["specialist"], everywhere);
    const found = await world.case({ accounts: [mine, "p-1"] });
    const [plain, abroad, restricted, own] = [
      await world.case({ accounts: [mine, "p-2"] }),
      await world.case({ accounts: [mine, "p-3"], region: "us" }),
      await world.case({ accounts: [mine, "p-4"], restrictedSubject: "child_safety" }),
      await world.case({ accounts: [mine, "account-of-the-approver"] }),
    ];
    await claimCase(by.actor, found.id);
    const [participant] = await world.admin`select id from sealed.participants
      where thread_id = ${found.threadId} and platform_participant_id = ${mine}`;
    const id = await stage.waiting(by, found.id, {
      purpose: "user_report_review",
      scope: "participant_threads",
      participantId: participant?.id,
    });
    const [near, far] = [await stage.lead(), await world.person(["lead"], everywhere)];
    await recordAccount(near.actor, { platformId: world.platformId, accountId: "account-of-the-approver" });
    for (const one of [near, far]) await answerRequest(one.actor, id, "approved", null);
    const { grantId } = await openRequest(by.actor, id);
    const listed = (await listThreads(by.actor, grantId)).threads.map(({ threadId }) => threadId);
    expect(listed.sort()).toEqual([found.threadId, plain.threadId].sort());
    for (const one of [abroad, restricted, own])
      await expect(openUnderGrant(by.actor, grantId, one.threadId)).rejects.toEqual(refused("not-found"));
    await openUnderGrant(by.actor, grantId, plain.threadId);
  });

  test("are opened under no grant of another scope", async () => {
    const { by, found, grantId } = await granted();
    const other = await world.case();
    await expect(openUnderGrant(by.actor, grantId, other.threadId)).rejects.toEqual(refused("not-found"));
    await openUnderGrant(by.actor, grantId, found.threadId);
    await expect(listThreads(by.actor, grantId)).rejects.toEqual(refused("not-found"));
  });

  test("of which one has somebody on the watch list need two for that one", async () => {
    const mine = "many-watched";
    const by = await world.person(["specialist"], { clearances: ["child_safety"] });
    const found = await world.case({ accounts: [mine, "p-1"], restrictedSubject: "child_safety" });
    const watched = await world.case({ accounts: [mine, "p-watched"] });
    await world.admin`update triage.flags set category = 'child_safety' where case_id = ${found.id}`.catch(
      () => {},
    );
    await claimCase(by.actor, found.id);
    const officer = await stage.officer();
    const [participant] = await world.admin`select id from sealed.participants
      where thread_id = ${found.threadId} and platform_participant_id = ${mine}`;
    const [fits] =
      await world.admin`select 'child_safety_report' = any (access.purposes_of(${found.id})) as yes`;
    expect(fits?.yes).toBe(true);
    const id = await stage.waiting(by, found.id, {
      purpose: "child_safety_report",
      scope: "participant_threads",
      participantId: participant?.id,
    });
    const lead = await world.person(["lead"], { clearances: ["child_safety"] });
    await answerRequest(lead.actor, id, "approved", null);
    const { grantId } = await openRequest(by.actor, id);
    const seen = await openUnderGrant(by.actor, grantId, watched.threadId);
    const kept = await openUnderGrant(by.actor, grantId, found.threadId);
    await addWatch(officer.actor, {
      platformId: world.platformId,
      participantId: "p-watched",
      category: "in_the_news",
      reason: "In the news since this morning.",
      until: null,
    });
    await expect(readView(by.actor, seen.viewId)).rejects.toEqual(refused("view-ended"));
    await readView(by.actor, kept.viewId);
    await expect(openUnderGrant(by.actor, grantId, watched.threadId)).rejects.toEqual(
      refused("needs-two-approvers"),
    );
    await openUnderGrant(by.actor, grantId, found.threadId);
  });
});

describe("the ticket system", () => {
  let server: Server;
  let answer: (ticket: string) => { status: number; body: string; wait?: number };
  const heard: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = "";
      request.on("data", (piece) => {
        text += piece;
      });
      request.on("end", () => {
        heard.push(`${request.method} ${request.url} ${text}`);
        const { status, body, wait = 0 } = answer(JSON.parse(text).ticket);
        setTimeout(() => response.writeHead(status, { location: "/elsewhere" }).end(body), wait).unref();
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = () => `http://localhost:${(server.address() as AddressInfo).port}/tickets`;
  const post = (inside: boolean, deadline = 30_000) =>
    postPinned(address(), { ticket: "TRUST-1" }, { deadline, inside, most: 1_000 });

  test("is asked by POST and pinned to the address that was checked", async () => {
    answer = () => ({ status: 200, body: '{"known":true}' });
    expect(await post(true)).toEqual({ status: 200, text: '{"known":true}' });
    expect(heard.at(-1)).toBe('POST /tickets {"ticket":"TRUST-1"}');
  });

  test("is not called on this machine or in a private network unless that is meant", async () => {
    const before = heard.length;
    await expect(post(false)).rejects.toThrow("inside");
    expect(heard.length).toBe(before);
    for (const inside of [
      "127.0.0.1",
      "10.1.2.3",
      "172.31.0.1",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "0.0.0.0",
      "::1",
      "::",
      "fe80::1",
      "fd00::1",
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "64:ff9b::7f00:1",
      "224.0.0.1",
      "nonsense",
    ])
      expect(isInside(inside), inside).toBe(true);
    for (const outside of ["1.1.1.1", "172.32.0.1", "2606:4700:4700::1111"])
      expect(isInside(outside), outside).toBe(false);
  });

  test("is not waited for, not followed elsewhere and not read without end", async () => {
    answer = () => ({ status: 200, body: "{}", wait: 2_000 });
    await expect(post(true, 200)).rejects.toThrow();
    answer = () => ({ status: 302, body: "" });
    expect((await post(true)).status).toBe(302);
    answer = () => ({ status: 200, body: "x".repeat(5_000) });
    await expect(post(true)).rejects.toThrow();
    expect(heard.some((line) => line.includes("elsewhere"))).toBe(false);
  });
});
