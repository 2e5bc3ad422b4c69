import { expect, test } from "@playwright/test";
import { PURPOSES, SCOPES } from "../../domain/vocabulary.ts";
import { admin } from "../support/admin.ts";
import { flagAgain } from "../support/flags.ts";
import { call, jsonOf } from "../support/http.ts";
import { expectRefusedAndAudited, type Refused } from "../support/refused.ts";
import { A_FLAG, type Bearer, claim, decide, makeScene, openView, type Scene } from "./scene.ts";

/**
 * The hole of a peer: any role files a report on a message and then reads it "as reported". Here a flag made by staff
 * opens nothing, for whatever purpose and in whatever scope.
 */
let scene: Scene;
test.beforeAll(async () => {
  scene = await makeScene();
});

const REASON = "Opening what was reported, as reported.";

async function raise(by: Bearer, caseId: string, flag: object = A_FLAG): Promise<string> {
  const answer = await call("POST", `/api/cases/${caseId}/flags`, { cookie: by.cookie, body: flag });
  expect(answer.status).toBe(201);
  return jsonOf<{ caseId: string }>(answer).caseId;
}

/** A case that exists only because staff flagged a thread whose platform case was decided before. */
async function onlyStaffFlagged(by: Bearer, flagger: Bearer): Promise<string> {
  const { caseId } = await scene.arrive();
  await claim(by, caseId);
  await decide(by, caseId);
  const [row] = await admin()`select queue_id from triage.cases where id = ${caseId}`;
  const made = await raise(flagger, caseId, { ...A_FLAG, category: "other" });
  expect(made).not.toBe(caseId);
  expect(row?.queue_id).toBe(scene.queue);
  return made;
}

test("a flag that they made themselves opens nothing to anybody of staff, for any purpose and scope", async () => {
  const reader = await scene.bearer(["moderator", "specialist", "lead"], { clearances: ["child_safety"] });
  const caseId = await onlyStaffFlagged(reader, reader);
  await claim(reader, caseId);
  const refusals: Refused[] = [];
  for (const purpose of PURPOSES) {
    for (const scope of SCOPES) {
      const body = { purpose, scope, reason: REASON };
      const answer = await call("POST", `/api/cases/${caseId}/views`, { cookie: reader.cookie, body });
      refusals.push({
        who: `${purpose} × ${scope}`,
        answer,
        code: "staff-flag-only",
        action: "access.requested",
        staffId: reader.member.id,
      });
    }
  }
  for (const purpose of ["user_report_review", "automated_flag_review"]) {
    const body = { purpose, preset: true };
    const answer = await call("POST", `/api/cases/${caseId}/views`, { cookie: reader.cookie, body });
    refusals.push({
      who: `${purpose}, preset`,
      answer,
      code: "staff-flag-only",
      action: "access.requested",
      staffId: reader.member.id,
    });
  }
  await expectRefusedAndAudited(refusals);
  const [row] = await admin()`
    select (select count(*) from access.grants where case_id = ${caseId}) +
           (select count(*) from access.views where case_id = ${caseId}) as n`;
  expect(Number(row?.n)).toBe(0);
});

test("a flag that a colleague made for them opens nothing either", async () => {
  const [reader, colleague] = [await scene.bearer(["moderator"]), await scene.bearer(["lead"])];
  const caseId = await onlyStaffFlagged(reader, colleague);
  await claim(reader, caseId);
  const body = { purpose: "user_report_review", reason: REASON };
  const answer = await call("POST", `/api/cases/${caseId}/views`, { cookie: reader.cookie, body });
  await expectRefusedAndAudited([
    {
      who: "colleague's flag",
      answer,
      code: "staff-flag-only",
      action: "access.requested",
      staffId: reader.member.id,
    },
  ]);
});

test("a flag by staff beside the platform's supports no purpose that the platform's does not", async () => {
  const reader = await scene.bearer(["moderator", "specialist"]);
  const { caseId } = await scene.arrive({ source: "keyword" });
  await claim(reader, caseId);
  await raise(reader, caseId);
  const refusals: Refused[] = [];
  // These two need no flag at all, and open nothing by themselves either.
  const others: Partial<Record<(typeof PURPOSES)[number], Refused["code"]>> = {
    threat_to_life: "use-break-glass",
    security_incident: "needs-approver",
  };
  for (const purpose of PURPOSES.filter((one) => one !== "automated_flag_review")) {
    const body = { purpose, scope: "flagged_window", reason: REASON };
    const answer = await call("POST", `/api/cases/${caseId}/views`, { cookie: reader.cookie, body });
    refusals.push({
      who: purpose,
      answer,
      code: others[purpose] ?? "purpose-not-allowed",
      action: "access.requested",
      staffId: reader.member.id,
    });
  }
  await expectRefusedAndAudited(refusals);
});

test("a flag by staff widens no window: the same messages open as before", async () => {
  const reader = await scene.bearer(["moderator"]);
  const { caseId } = await scene.arrive();
  await claim(reader, caseId);
  const messagesOf = async (viewId: string) => {
    const answer = await call("POST", `/api/views/${viewId}/read`, { cookie: reader.cookie });
    return jsonOf<{ messages: { id: string; flagged: boolean }[] }>(answer).messages;
  };
  const before = await messagesOf(await openView(reader, caseId));
  await raise(reader, caseId);
  expect(await messagesOf(await openView(reader, caseId))).toEqual(before);
});

test("no platform can send a flag as if staff had made it, and no staff flag passes for a platform's", async () => {
  const flag = { ...flagAgain((await scene.arrive()).flag), source: "staff" };
  const answer = await call("POST", "/api/intake/v1/flags", {
    headers: { authorization: `Bearer ${scene.platform.key}` },
    body: flag,
  });
  expect(answer.status).toBe(422);
  expect(jsonOf(answer)).toMatchObject({ code: "bad-flag", errors: [{ pointer: "/source" }] });

  const by = await scene.bearer(["moderator"]);
  const { caseId } = await scene.arrive();
  const forged = { ...A_FLAG, source: "user_report", madeBy: null };
  const refused = await call("POST", `/api/cases/${caseId}/flags`, { cookie: by.cookie, body: forged });
  await expectRefusedAndAudited([
    {
      who: "forged source",
      answer: refused,
      code: "bad-field",
      action: "case.flagged",
      staffId: by.member.id,
    },
  ]);
});

test("once the platform flags the thread too, the case opens: what refused above was the staff flag alone", async () => {
  const reader = await scene.bearer(["moderator"]);
  const { caseId, flag } = await scene.arrive();
  await claim(reader, caseId);
  await decide(reader, caseId);
  const made = await raise(reader, caseId, { ...A_FLAG, category: "other" });
  await claim(reader, made);
  expect((await scene.platform.deliver(flagAgain(flag))).caseId).toBe(made);
  await openView(reader, made);
});
