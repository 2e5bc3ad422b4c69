import { expect, test } from "@playwright/test";
import type { DenialCode } from "../../domain/denials.ts";
import { changeMember, revokeSessions, setQueueMembership } from "../../server/staff/operator.ts";
import { admin } from "../support/admin.ts";
import { CANARIES } from "../support/canary.ts";
import { type Answer, call } from "../support/http.ts";
import { expectRefusedAndAudited } from "../support/refused.ts";
import { anotherSession, type Bearer, claim, decide, makeScene, openView, type Scene } from "./scene.ts";

let scene: Scene;
test.beforeAll(async () => {
  scene = await makeScene();
});

interface Opened {
  readonly reader: Bearer;
  readonly caseId: string;
  readonly viewId: string;
}

const read = ({ cookie }: Pick<Bearer, "cookie">, viewId: string): Promise<Answer> =>
  call("POST", `/api/views/${viewId}/read`, { cookie });

/** A view that its reader has read once: what is refused afterwards was allowed before. */
async function opened(roles: Parameters<Scene["bearer"]>[0] = ["moderator"]): Promise<Opened> {
  const reader = await scene.bearer(roles);
  const { caseId } = await scene.arrive();
  await claim(reader, caseId);
  const viewId = await openView(reader, caseId);
  const answer = await read(reader, viewId);
  expect(answer.status).toBe(200);
  // Eleven messages, one reporter's words, two handles and two names.
  expect(new Set(answer.text.match(CANARIES)).size).toBe(16);
  return { reader, caseId, viewId };
}

/** What may happen between the opening of a view and its reading, and what the reading is then answered. */
const BETWEEN: readonly [string, DenialCode, (opened: Opened) => Promise<unknown>][] = [
  [
    "after its time",
    "view-expired",
    ({ viewId }) =>
      admin()`update access.views set expires_at = now() - interval '1 second' where id = ${viewId}`,
  ],
  [
    "once it is closed",
    "view-ended",
    ({ reader, viewId }) => call("POST", `/api/views/${viewId}/close`, { cookie: reader.cookie }),
  ],
  [
    "once the claim is released",
    "view-ended",
    ({ reader, caseId }) => call("DELETE", `/api/cases/${caseId}/claim`, { cookie: reader.cookie }),
  ],
  ["once the case is decided", "view-ended", ({ reader, caseId }) => decide(reader, caseId)],
  [
    "once the claim has lapsed",
    "not-your-claim",
    ({ caseId }) =>
      admin()`update triage.cases set claim_expires_at = now() - interval '1 second' where id = ${caseId}`,
  ],
  [
    "once another holds the claim",
    "view-ended",
    async ({ caseId }) => {
      await admin()`update triage.cases set claim_expires_at = now() - interval '1 second' where id = ${caseId}`;
      await claim(await scene.bearer(["moderator"]), caseId);
    },
  ],
  [
    "once the grant is revoked",
    "grant-expired",
    ({ viewId }) =>
      admin()`update access.grants set revoked_at = now() where id = (select grant_id from access.views where id = ${viewId})`,
  ],
  [
    "once the grant has ended",
    "grant-expired",
    ({ viewId }) =>
      admin()`update access.grants set expires_at = now() - interval '1 second'
        where id = (select grant_id from access.views where id = ${viewId})`,
  ],
  [
    "once the role is taken away",
    "view-ended",
    ({ reader }) =>
      changeMember(admin(), reader.member.id, { roles: ["legal_counsel"], regions: ["eu"], clearances: [] }),
  ],
  [
    "once the role is gone, though nobody ended the view",
    "wrong-role",
    ({ reader }) => admin()`update staff.members set roles = '{auditor}' where id = ${reader.member.id}`,
  ],
  [
    "once the region is gone",
    "not-found",
    ({ reader }) => admin()`update staff.members set regions = '{us}' where id = ${reader.member.id}`,
  ],
  [
    "once they have left the queue",
    "view-ended",
    ({ reader }) => setQueueMembership(admin(), reader.member.id, scene.queue, false),
  ],
  [
    "once the subject is restricted",
    "not-found",
    ({ caseId }) => admin()`update triage.cases set restricted_subject = 'child_safety' where id = ${caseId}`,
  ],
];

for (const [when, code, change] of BETWEEN) {
  test(`a view cannot be read ${when}`, async () => {
    const view = await opened();
    await change(view);
    const answer = await read(view.reader, view.viewId);
    await expectRefusedAndAudited([
      { who: when, answer, code, action: "view.read", staffId: view.reader.member.id },
    ]);
  });
}

test("a wider view cannot be read once the role that allows it is gone", async () => {
  const reader = await scene.bearer(["specialist", "moderator"]);
  const { caseId } = await scene.arrive();
  await claim(reader, caseId);
  const asked = {
    purpose: "user_report_review",
    scope: "whole_thread",
    reason: "The report speaks of the whole thread.",
  };
  const viewId = await openView(reader, caseId, asked);
  expect((await read(reader, viewId)).status).toBe(200);
  await admin()`update staff.members set roles = '{moderator}' where id = ${reader.member.id}`;
  const answer = await read(reader, viewId);
  await expectRefusedAndAudited([
    { who: "demoted", answer, code: "purpose-not-allowed", action: "view.read", staffId: reader.member.id },
  ]);
});

test("a view cannot be read in another session of the same person", async () => {
  const view = await opened();
  const elsewhere = await anotherSession(view.reader);
  const answer = await read(elsewhere, view.viewId);
  await expectRefusedAndAudited([
    {
      who: "another session",
      answer,
      code: "other-session",
      action: "view.read",
      staffId: view.reader.member.id,
    },
  ]);
});

test("a view cannot be read once every session of its reader is revoked, nor after signing in again", async () => {
  const view = await opened();
  await revokeSessions(admin(), view.reader.member.id);
  const dead = await read(view.reader, view.viewId);
  const again = await read(await anotherSession(view.reader), view.viewId);
  await expectRefusedAndAudited([
    { who: "revoked", answer: dead, code: "not-signed-in", action: "view.read", staffId: null },
    {
      who: "signed in again",
      answer: again,
      code: "other-session",
      action: "view.read",
      staffId: view.reader.member.id,
    },
  ]);
});

test("a view cannot be read by anybody else, whatever their role", async () => {
  const view = await opened();
  for (const roles of [
    ["moderator", "specialist", "lead"],
    ["compliance_officer"],
    ["administrator"],
  ] as const) {
    const other = await scene.bearer(roles, { clearances: ["child_safety"] });
    const answer = await read(other, view.viewId);
    await expectRefusedAndAudited([
      { who: roles.join(), answer, code: "not-found", action: "view.read", staffId: other.member.id },
    ]);
  }
});

test("an invented view, a grant's id and a case's id open nothing", async () => {
  const view = await opened();
  const [row] =
    await admin()`select grant_id, thread_id, message_ids from access.views where id = ${view.viewId}`;
  const ids = [
    view.caseId,
    row?.grant_id,
    row?.thread_id,
    row?.message_ids[0],
    "00000000-0000-0000-0000-000000000000",
  ];
  for (const id of ids) {
    const answer = await read(view.reader, id);
    await expectRefusedAndAudited([
      { who: id, answer, code: "not-found", action: "view.read", staffId: view.reader.member.id },
    ]);
  }
});

test("a thread cannot be opened wider than the role allows, nor for a purpose that nothing bears out", async () => {
  const reader = await scene.bearer(["moderator", "lead"]);
  const { caseId } = await scene.arrive();
  await claim(reader, caseId);
  const reason = "Reading on to understand what happened.";
  const asks: readonly [object, DenialCode][] = [
    [{ purpose: "user_report_review", scope: "wider_window", reason }, "purpose-not-allowed"],
    [{ purpose: "user_report_review", scope: "whole_thread", reason }, "purpose-not-allowed"],
    [{ purpose: "automated_flag_review", scope: "flagged_window", reason }, "purpose-not-allowed"],
    [{ purpose: "child_safety_report", scope: "flagged_window", reason }, "purpose-not-allowed"],
    [{ purpose: "second_decision", scope: "flagged_window", reason }, "purpose-not-allowed"],
    [{ purpose: "appeal", scope: "flagged_window", reason }, "purpose-not-allowed"],
    [{ purpose: "quality_review", scope: "flagged_window", reason }, "purpose-not-allowed"],
    [{ purpose: "legal_process", scope: "whole_thread", reason }, "purpose-not-allowed"],
    [{ purpose: "threat_to_life", scope: "whole_thread", reason }, "use-break-glass"],
    [{ purpose: "security_incident", scope: "whole_thread", reason }, "purpose-not-allowed"],
    [{ purpose: "automated_flag_review", preset: true }, "purpose-not-allowed"],
    [{ purpose: "user_report_review" }, "reason-without-substance"],
    [{ purpose: "user_report_review", reason: "." }, "reason-without-substance"],
    [{ purpose: "user_report_review", reason: "aaaaaaaaaaaaaaaaaaaaaaaa" }, "reason-without-substance"],
    [
      { purpose: "user_report_review", reason: "\u200b\u200c\u200d\u2060\ufeff".repeat(40) },
      "reason-without-substance",
    ],
  ];
  for (const [body, code] of asks) {
    const answer = await call("POST", `/api/cases/${caseId}/views`, { cookie: reader.cookie, body });
    await expectRefusedAndAudited([
      { who: JSON.stringify(body), answer, code, action: "access.requested", staffId: reader.member.id },
    ]);
  }
  const [row] = await admin()`select count(*)::int as n from access.views where case_id = ${caseId}`;
  expect(row?.n).toBe(0);
});

test("a case that was never claimed opens for nobody", async () => {
  const reader = await scene.bearer(["moderator", "specialist", "lead"]);
  const { caseId } = await scene.arrive();
  const body = { purpose: "user_report_review", preset: true };
  const answer = await call("POST", `/api/cases/${caseId}/views`, { cookie: reader.cookie, body });
  await expectRefusedAndAudited([
    {
      who: "no claim",
      answer,
      code: "not-your-claim",
      action: "access.requested",
      staffId: reader.member.id,
    },
  ]);
});
