import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readView } from "../disclosure/readView.ts";
import { hear } from "../live/hub.ts";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { acknowledgeNotice } from "./acknowledgeNotice.ts";
import { addWatch } from "./addWatch.ts";
import { answerRequest } from "./answerRequest.ts";
import { breakGlass } from "./breakGlass.ts";
import { listBreakGlass } from "./listBreakGlass.ts";
import { listNotices } from "./listNotices.ts";
import { openRequest } from "./openRequest.ts";
import { requestAccess } from "./requestAccess.ts";
import { reviewBreakGlass } from "./reviewBreakGlass.ts";
import { revokeGrant } from "./revokeGrant.ts";
import { ask, codesOf, refused, stageOf } from "./test/stage.ts";

let world: World;
let stage: ReturnType<typeof stageOf>;
let officer: Person;
beforeAll(async () => {
  world = await makeWorld();
  stage = stageOf(world);
  officer = await stage.officer();
});
afterAll(() => world.end());

let times = 0;
const life = () =>
  `The reporter writes that ${"abcdefghijklmnopqrstuvwxyz"[times++]} will be attacked tonight; I am calling the police.`;
const ALL = { open: false, limit: 100 } as const;
const REVIEW = {
  finding: "justified",
  note: "The police confirmed that they were called in time.",
} as const;

async function broken() {
  const [by, found] = await Promise.all([stage.specialist(), world.case()]);
  const view = await breakGlass(by.actor, found.id, { scope: "whole_thread", reason: life() });
  return { by, found, view };
}
const entryOf = async (id: string) =>
  (await listBreakGlass(officer.actor, ALL)).entries.find((one) => one.id === id);

describe("breaking the glass", () => {
  test("opens at once, without a claim, for a short time", async () => {
    const { by, view } = await broken();
    expect((await readView(by.actor, view.viewId)).reveal().messages).toHaveLength(20);
    const entry = await entryOf(view.breakGlassId);
    expect(entry).toMatchObject({ by: { id: by.id }, level: 0, review: null, views: 1 });
    const lasts = Date.parse(entry?.expiresAt ?? "") - Date.parse(entry?.brokenAt ?? "");
    expect(lasts).toBeLessThanOrEqual(15 * 60_000);
    const due = Date.parse(view.reviewDueAt) - Date.parse(entry?.brokenAt ?? "");
    expect(Math.abs(due - 24 * 3_600_000)).toBeLessThan(5_000);
  });

  test("is told to every officer at once, and to each until they take note", async () => {
    const second = await stage.officer();
    const heard: string[] = [];
    const stop = await hear((what) => {
      if (what.type === "break_glass") heard.push(what.breakGlassId);
    });
    const { view } = await broken();
    await expect.poll(() => heard).toContain(view.breakGlassId);
    stop();
    for (const each of [officer, second]) {
      const { notices } = await listNotices(each.actor, { open: true, limit: 100 });
      const mine = notices.find((one) => one.breakGlassId === view.breakGlassId);
      expect(mine).toMatchObject({ kind: "break_glass", acknowledgedAt: null });
      await acknowledgeNotice(each.actor, mine?.id as string);
      const { notices: left } = await listNotices(each.actor, { open: true, limit: 100 });
      expect(left.map((one) => one.id)).not.toContain(mine?.id);
    }
    const entry = await entryOf(view.breakGlassId);
    expect(entry?.acknowledged.map(({ by }) => by.id).sort()).toEqual([officer.id, second.id].sort());
    // Taking note closes nothing.
    expect(entry?.review).toBeNull();
  });

  test.each(["moderator", "compliance_officer", "administrator", "auditor", "legal_counsel"] as const)(
    "is not for the role of %s",
    async (role) => {
      const [person, found] = await Promise.all([world.person([role]), world.case()]);
      await expect(
        breakGlass(person.actor, found.id, { scope: "flagged_window", reason: life() }),
      ).rejects.toEqual(refused(role === "moderator" ? "purpose-not-allowed" : "wrong-role"));
    },
  );

  test("stops at regions and clearances", async () => {
    const found = await world.case({ restrictedSubject: "child_safety" });
    const uncleared = await stage.lead();
    const abroad = await world.person(["lead"], { regions: ["us"], clearances: ["child_safety"] });
    for (const { actor } of [uncleared, abroad])
      await expect(breakGlass(actor, found.id, { scope: "flagged_window", reason: life() })).rejects.toEqual(
        refused("not-found"),
      );
    const elsewhere = await world.person(["lead"], { queues: [], clearances: ["child_safety"] });
    await breakGlass(elsewhere.actor, found.id, { scope: "flagged_window", reason: life() });
  });

  test("asks for a fuller reason than anything else, and says so", async () => {
    const [by, found] = await Promise.all([stage.specialist(), world.case()]);
    for (const reason of [
      "Life in danger.",
      "Somebody will die!  \u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b",
    ])
      await expect(breakGlass(by.actor, found.id, { scope: "flagged_window", reason })).rejects.toEqual(
        refused("reason-too-short"),
      );
    await expect(
      breakGlass(by.actor, found.id, { scope: "flagged_window", reason: "abab ".repeat(20) }),
    ).rejects.toEqual(refused("reason-without-substance"));
  });

  test("is the only way to open for this purpose", async () => {
    const [by, found] = await Promise.all([stage.specialist(), world.case()]);
    await expect(
      requestAccess(by.actor, found.id, ask({ purpose: "threat_to_life", reason: life() })),
    ).rejects.toEqual(refused("use-break-glass"));
  });

  test("opens no thread of a watch-listed person alone: two approve, and it is in the register all the same", async () => {
    const found = await world.case({ accounts: ["p-known", "p-1"] });
    await addWatch(officer.actor, {
      platformId: world.platformId,
      participantId: "p-known",
      category: "official",
      reason: "A public office is held by this account.",
      until: null,
    });
    const by = await stage.specialist();
    await expect(breakGlass(by.actor, found.id, { scope: "flagged_window", reason: life() })).rejects.toEqual(
      refused("needs-two-approvers"),
    );
    const answer = await requestAccess(
      by.actor,
      found.id,
      ask({ purpose: "threat_to_life", reason: life() }),
    );
    const id = answer.state === "pending" ? answer.requestId : "";
    const leads = [await stage.lead(), await stage.lead()] as const;
    for (const one of leads) await answerRequest(one.actor, id, "approved", null);
    await openRequest(by.actor, id);
    const { entries } = await listBreakGlass(officer.actor, ALL);
    const entry = entries.find((one) => one.caseId === found.id && one.by.id === by.id);
    expect(entry?.may.review).toBe(true);

    // Whoever approved it and has become an officer since reviews it as little as whoever broke it.
    const [moved] = leads;
    await world.admin`select staff.change_member(${moved.id}, '{compliance_officer}', '{eu}', '{}')`;
    const seen = (await listBreakGlass(moved.actor, ALL)).entries.find((one) => one.id === entry?.id);
    expect(seen?.may.review).toBe(false);
    await expect(reviewBreakGlass(moved.actor, entry?.id ?? "", REVIEW)).rejects.toEqual(
      refused("own-request"),
    );
  });

  test("ends when an officer revokes it: the page hears of it, and nothing is read", async () => {
    const { by, view } = await broken();
    const heard: string[] = [];
    const stop = await hear((what) => {
      if (what.type === "view_ended" && what.sessionId === by.sessionId) heard.push(what.viewId);
    });
    await revokeGrant(officer.actor, view.grantId, "Not a threat to a life.");
    await expect.poll(() => heard).toEqual([view.viewId]);
    stop();
    await expect(readView(by.actor, view.viewId)).rejects.toEqual(refused("view-ended"));
    expect((await entryOf(view.breakGlassId))?.review).toBeNull();
  });
});

describe("the review", () => {
  test("is an officer's, in words, once", async () => {
    const { by, view } = await broken();
    for (const role of ["specialist", "lead", "administrator", "auditor"] as const) {
      const person = await world.person([role]);
      await expect(reviewBreakGlass(person.actor, view.breakGlassId, REVIEW)).rejects.toEqual(
        refused("wrong-role"),
      );
    }
    await expect(reviewBreakGlass(by.actor, view.breakGlassId, REVIEW)).rejects.toEqual(
      refused("wrong-role"),
    );
    await expect(
      reviewBreakGlass(officer.actor, view.breakGlassId, { finding: "justified", note: "ok" }),
    ).rejects.toEqual(refused("reason-without-substance"));
    const officers = await Promise.all([stage.officer(), stage.officer(), stage.officer()]);
    const results = await Promise.allSettled(
      officers.map(({ actor }) => reviewBreakGlass(actor, view.breakGlassId, REVIEW)),
    );
    expect(codesOf(results)).toEqual(["already-reviewed", "already-reviewed", "done"]);
  });

  test("is not given by whoever broke it, though they became an officer since", async () => {
    const { by, view } = await broken();
    await world.admin`select staff.change_member(${by.id}, '{compliance_officer}', '{eu}', '{}')`;
    await expect(reviewBreakGlass(by.actor, view.breakGlassId, REVIEW)).rejects.toEqual(
      refused("own-request"),
    );
    await expect(
      world.admin`update access.break_glass set reviewed_by = staff_id, reviewed_at = now(), finding = 'justified', review_note = 'x'
        where id = ${view.breakGlassId}`,
    ).rejects.toMatchObject({ constraint_name: "reviewed_by_another" });
  });

  test("that is overdue rises, is told again to officers and to administrators, and goes on rising", async () => {
    const { view } = await broken();
    const admin = await world.person(["administrator"]);
    const overdue = () =>
      world.admin`update access.break_glass set review_due_at = now() - interval '1 hour', next_escalation = now() - interval '1 second'
        where id = ${view.breakGlassId}`;
    for (const level of [1, 2, 3]) {
      await overdue();
      await world.admin`select access.escalate_glass()`;
      expect((await entryOf(view.breakGlassId))?.level).toBe(level);
    }
    for (const each of [officer, admin]) {
      const { notices } = await listNotices(each.actor, { open: true, limit: 100 });
      const levels = notices
        .filter((one) => one.kind === "break_glass_overdue" && one.breakGlassId === view.breakGlassId)
        .map((one) => one.level);
      expect(levels).toEqual([3, 2, 1]);
      // Taking note of all of it does not stop the next.
      for (const one of notices) await acknowledgeNotice(each.actor, one.id);
    }
    await overdue();
    await world.admin`select access.escalate_glass()`;
    expect((await listNotices(admin.actor, { open: true, limit: 100 })).waiting).toBe(1);
    await reviewBreakGlass(officer.actor, view.breakGlassId, REVIEW);
    await overdue();
    const [row] = await world.admin`select access.escalate_glass() as n`;
    expect(row?.n).toBe(0);
  });

  test("cannot be got rid of: no function and no policy of the database removes an entry or a notice", async () => {
    const { view } = await broken();
    await world.admin.begin(async (tx) => {
      await tx`set local role unseal_owner`;
      const gone = await tx`delete from access.break_glass where id = ${view.breakGlassId}`;
      const told = await tx`delete from access.notices where break_glass_id = ${view.breakGlassId}`;
      const changed =
        await tx`update access.notices set audience = '{}' where break_glass_id = ${view.breakGlassId}`;
      expect([gone.count, told.count, changed.count]).toEqual([0, 0, 0]);
    });
  });

  test("is seen by whoever broke it, and by no other moderator, specialist or lead", async () => {
    const { by, view } = await broken();
    const ids = async (person: Person) =>
      (await listBreakGlass(person.actor, ALL)).entries.map((one) => one.id);
    expect(await ids(by)).toEqual([view.breakGlassId]);
    expect(await ids(await stage.lead())).toEqual([]);
    expect(await ids(await world.person(["administrator"]))).toContain(view.breakGlassId);
  });
});
