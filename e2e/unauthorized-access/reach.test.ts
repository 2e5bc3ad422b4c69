import { expect, test } from "@playwright/test";
import type { DenialCode } from "../../domain/denials.ts";
import { call, jsonOf } from "../support/http.ts";
import { makeQueue, route } from "../support/queues.ts";
import { expectRefusedAndAudited, type Refused } from "../support/refused.ts";
import { ACCESS_REACH } from "./accessRoutes.ts";
import { ATTACHMENT_REACH } from "./attachmentRoutes.ts";
import { COLLECTION_REACH } from "./collectionRoutes.ts";
import { CYBERTIP_REACH } from "./cybertipRoutes.ts";
import { HOLD_REACH } from "./holdRoutes.ts";
import { LAWFUL_REQUEST_REACH } from "./lawfulRequestRoutes.ts";
import { PRODUCTION_REACH } from "./productionRoutes.ts";
import { type Bearer, claim, makeScene, type Scene } from "./scene.ts";
import { STAFF_ROUTES } from "./staffRoutes.ts";

/**
 * Staff of the right role for whom a case lies out of reach. What each is told of a route; `same` where the route is no
 * intrusion for them.
 */
interface Reach {
  readonly otherQueue: DenialCode | "same";
  readonly otherRegion: DenialCode | "same";
  readonly colleague: DenialCode | "same";
}

const UNSEEN = { otherQueue: "not-found", otherRegion: "not-found" } as const;
const UNCLAIMED = {
  otherQueue: "not-your-claim",
  otherRegion: "not-your-claim",
  colleague: "not-your-claim",
} as const;

const REACH: Readonly<Record<string, Reach>> = {
  // A queue of all regions is seen by its members; its cases of other regions are not (tested below).
  "GET /api/queues/[id]/cases": { otherQueue: "not-found", otherRegion: "same", colleague: "same" },
  "POST /api/queues/[id]/claim-next": { otherQueue: "not-found", otherRegion: "same", colleague: "same" },
  "GET /api/cases/[id]": { ...UNSEEN, colleague: "same" },
  "POST /api/cases/[id]/claim": { ...UNSEEN, colleague: "same" },
  "DELETE /api/cases/[id]/claim": UNCLAIMED,
  "POST /api/cases/[id]/heartbeat": UNCLAIMED,
  "POST /api/cases/[id]/views": { ...UNSEEN, colleague: "not-your-claim" },
  "POST /api/cases/[id]/decisions": { ...UNSEEN, colleague: "not-your-claim" },
  "POST /api/cases/[id]/flags": { ...UNSEEN, colleague: "same" },
  "POST /api/decisions/[id]/undo": { ...UNSEEN, colleague: "not-found" },
  "POST /api/views/[id]/read": { ...UNSEEN, colleague: "not-found" },
  "POST /api/views/[id]/close": { ...UNSEEN, colleague: "not-found" },
  // The log has no queues: the role alone decides.
  "DELETE /api/integrity/verifications/[id]": {
    otherQueue: "wrong-role",
    otherRegion: "wrong-role",
    colleague: "wrong-role",
  },
  ...ACCESS_REACH,
  ...CYBERTIP_REACH,
  ...COLLECTION_REACH,
  ...PRODUCTION_REACH,
  ...HOLD_REACH,
  ...LAWFUL_REQUEST_REACH,
  ...ATTACHMENT_REACH,
};

let scene: Scene;
const intruders = {} as Record<keyof Reach, Bearer>;
test.beforeAll(async () => {
  scene = await makeScene();
  const elsewhere = await makeQueue("Elsewhere");
  intruders.otherQueue = await scene.bearer(["moderator", "specialist", "lead"], { queues: [elsewhere] });
  intruders.otherRegion = await scene.bearer(["moderator", "specialist", "lead"], {
    regions: ["us", "apac"],
  });
  intruders.colleague = await scene.bearer(["moderator", "specialist", "lead"]);
});

// The log, signals and reviews know no queue and no region: officers alone see them (roles.test.ts).
test("every route that names a case, queue, view or decision has its say on reach", () => {
  const named = STAFF_ROUTES.filter(
    ({ route: at }) => at.includes("[id]") && !/^\/api\/(audit|signals|reviews)\//.test(at),
  );
  expect(Object.keys(REACH).sort()).toEqual(named.map(({ method, route: at }) => `${method} ${at}`).sort());
});

for (const { method, route: at, action, right: role, status, arrange } of STAFF_ROUTES) {
  const reach = REACH[`${method} ${at}`];
  if (!reach) continue;
  test(`${method} ${at} is closed to staff of another queue or region, and to who does not hold the claim`, async () => {
    const right = await scene.bearer([role]);
    const aim = await arrange(scene, right);
    const refusals: Refused[] = [];
    for (const [who, code] of Object.entries(reach) as [keyof Reach, DenialCode | "same"][]) {
      if (code === "same") continue;
      const { member, cookie } = intruders[who];
      const answer = await call(method, aim.path, { cookie, body: aim.body });
      refusals.push({ who, answer, code, action, staffId: member.id });
    }
    await expectRefusedAndAudited(refusals);
    const answer = await call(method, aim.path, { cookie: right.cookie, body: aim.body });
    expect(answer.status).toBe(status);
  });
}

test("a member of a queue of all regions is shown nothing of a thread of another region", async () => {
  const { caseId } = await scene.arrive();
  const { cookie } = intruders.otherRegion;
  const page = await call("GET", `/api/queues/${scene.queue}/cases`, { cookie });
  expect(jsonOf(page)).toMatchObject({ cases: [], nextCursor: null });
  const list = jsonOf<{
    queues: { id: string; open: number; oldestOpenedAt: unknown; nextDueAt: unknown }[];
  }>(await call("GET", "/api/queues", { cookie }));
  expect(list.queues.find(({ id }) => id === scene.queue)).toMatchObject({
    open: 0,
    overdue: 0,
    oldestOpenedAt: null,
    nextDueAt: null,
  });
  const next = await call("POST", `/api/queues/${scene.queue}/claim-next`, { cookie });
  expect(jsonOf(next)).toEqual({ caseId: null });
  expect(page.text + next.text).not.toContain(caseId);
});

test("a case that another holds cannot be claimed", async () => {
  const [holder, { caseId }] = [await scene.bearer(["moderator"]), await scene.arrive()];
  await claim(holder, caseId);
  const { member, cookie } = intruders.colleague;
  const answer = await call("POST", `/api/cases/${caseId}/claim`, { cookie });
  await expectRefusedAndAudited([
    { who: "colleague", answer, code: "claimed-by-another", action: "case.claimed", staffId: member.id },
  ]);
});

test("a restricted queue is closed to a member of it who is not cleared for its subject", async () => {
  const queue = await makeQueue("Restricted", { restrictedSubject: "child_safety" });
  await route("child_safety", "eu", queue);
  const cleared = await scene.bearer(["specialist"], { queues: [queue], clearances: ["child_safety"] });
  const uncleared = await scene.bearer(["moderator", "specialist", "lead"], { queues: [queue] });
  const { caseId } = await scene.arrive({ category: "child_safety" });
  const calls = [
    ["GET", `/api/queues/${queue}/cases`, "queue.read"],
    ["POST", `/api/queues/${queue}/claim-next`, "case.claimed"],
    ["GET", `/api/cases/${caseId}`, "case.read"],
    ["POST", `/api/cases/${caseId}/claim`, "case.claimed"],
  ] as const;
  const refusals: Refused[] = [];
  for (const [method, path, action] of calls) {
    const answer = await call(method, path, { cookie: uncleared.cookie });
    refusals.push({ who: path, answer, code: "not-found", action, staffId: uncleared.member.id });
  }
  await expectRefusedAndAudited(refusals);
  expect((await call("GET", "/api/queues", { cookie: uncleared.cookie })).text).not.toContain(queue);
  for (const [method, path] of calls) {
    expect((await call(method, path, { cookie: cleared.cookie })).status, path).toBe(200);
  }
});

test("a queue of one region is closed to a member of it who lacks the region", async () => {
  const queue = await makeQueue("Regional", { region: "latam" });
  await route("other", "latam", queue);
  await scene.arrive({ region: "latam" });
  const intruder = await scene.bearer(["moderator"], { queues: [queue], regions: ["eu"] });
  const answer = await call("GET", `/api/queues/${queue}/cases`, { cookie: intruder.cookie });
  await expectRefusedAndAudited([
    { who: "no region", answer, code: "not-found", action: "queue.read", staffId: intruder.member.id },
  ]);
  const next = await call("POST", `/api/queues/${queue}/claim-next`, { cookie: intruder.cookie });
  expect(next.text).not.toMatch(/"caseId":"/);
});

test("what is in the log about others is shown to nobody who may read only their own acts", async () => {
  const [one, other] = [await scene.bearer(["moderator"]), await scene.bearer(["lead"])];
  const { caseId } = await scene.arrive();
  await claim(one, caseId);
  const page = jsonOf<{ reach: { whole: boolean }; events: { actor: { id: string } | null }[] }>(
    await call("GET", "/api/audit/events?limit=200", { cookie: other.cookie }),
  );
  expect(page.reach.whole).toBe(false);
  expect(page.events.length).toBeGreaterThan(0);
  expect(page.events.filter(({ actor }) => actor?.id !== other.member.id)).toEqual([]);
  const people = jsonOf<{ people: { id: string }[] }>(
    await call("GET", "/api/audit/people", { cookie: other.cookie }),
  );
  expect(people.people.map(({ id }) => id)).toEqual([other.member.id]);
});
