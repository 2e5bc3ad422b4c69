import { expect, test } from "@playwright/test";
import type { AuditAction } from "../../domain/auditActions.ts";
import type { DenialCode } from "../../domain/denials.ts";
import { admin } from "../support/admin.ts";
import { call, jsonOf } from "../support/http.ts";
import { makePolicy } from "../support/queues.ts";
import { expectRefusedAndAudited } from "../support/refused.ts";
import { type Bearer, claim, makeScene, type Scene } from "./scene.ts";

let scene: Scene;
let by: Bearer;
let caseId: string;
let policyId: string;
test.beforeAll(async () => {
  scene = await makeScene();
  by = await scene.bearer(["moderator"]);
  caseId = (await scene.arrive()).caseId;
  policyId = await makePolicy("other");
  await claim(by, caseId);
});

const REASON = "Reading what was reported on this thread.";
const view = (change: object) => ({ purpose: "user_report_review", reason: REASON, ...change });
const flag = (change: object) => ({ category: "threats", severity: "high", reason: REASON, ...change });
const decision = (change: object) => ({
  outcome: "violation",
  action: "warn",
  policyId,
  note: null,
  ...change,
});

interface BadInput {
  readonly what: string;
  readonly to: "views" | "flags" | "decisions";
  readonly body: object | string | (() => object);
  readonly code: DenialCode;
  readonly pointers?: readonly string[];
}

const ACTIONS: Record<BadInput["to"], AuditAction> = {
  views: "access.requested",
  flags: "case.flagged",
  decisions: "case.decided",
};

const deep = `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`;

const BAD: readonly BadInput[] = [
  { what: "no body", to: "views", body: "", code: "not-json" },
  { what: "half a body", to: "views", body: '{"purpose":"user_rep', code: "not-json" },
  { what: "an array", to: "views", body: "[]", code: "bad-field", pointers: [""] },
  { what: "null", to: "views", body: "null", code: "bad-field", pointers: [""] },
  { what: "deep JSON", to: "views", body: deep, code: "bad-field" },
  { what: "100 kB", to: "views", body: view({ reason: "x ".repeat(50_000) }), code: "too-large" },
  {
    what: "a reason of 60 kB",
    to: "views",
    body: view({ reason: "why ".repeat(15_000) }),
    code: "bad-field",
    pointers: ["/reason"],
  },
  { what: "no reason", to: "views", body: view({ reason: undefined }), code: "reason-without-substance" },
  { what: "an empty reason", to: "views", body: view({ reason: "" }), code: "reason-without-substance" },
  { what: "a dot", to: "views", body: view({ reason: "." }), code: "reason-without-substance" },
  {
    what: "spaces",
    to: "views",
    body: view({ reason: " \t\n".repeat(50) }),
    code: "reason-without-substance",
  },
  {
    what: "one letter, repeated",
    to: "views",
    body: view({ reason: "a".repeat(100) }),
    code: "reason-without-substance",
  },
  {
    what: "zero-width signs",
    to: "views",
    body: view({ reason: "\u200b\u2060\ufeff\u00ad".repeat(20) }),
    code: "reason-without-substance",
  },
  {
    what: "a reason with NUL",
    to: "views",
    body: view({ reason: `${REASON}\u0000` }),
    code: "bad-field",
    pointers: ["/reason"],
  },
  {
    what: "a reason with half a character",
    to: "views",
    body: `{"purpose":"user_report_review","reason":"${REASON} \\ud800"}`,
    code: "bad-field",
    pointers: ["/reason"],
  },
  {
    what: "a reason that is a number",
    to: "views",
    body: view({ reason: 12345678901234 }),
    code: "bad-field",
    pointers: ["/reason"],
  },
  {
    what: "a purpose that does not exist",
    to: "views",
    body: view({ purpose: "curiosity" }),
    code: "bad-field",
    pointers: ["/purpose"],
  },
  {
    what: "a purpose that an object inherits",
    to: "views",
    body: view({ purpose: "constructor" }),
    code: "bad-field",
    pointers: ["/purpose"],
  },
  {
    what: "a scope that does not exist",
    to: "views",
    body: view({ scope: "everything" }),
    code: "bad-field",
    pointers: ["/scope"],
  },
  {
    what: "a field that is not known",
    to: "views",
    body: view({ messages: ["all"] }),
    code: "bad-field",
    pointers: ["/messages"],
  },
  {
    what: "__proto__",
    to: "views",
    body: `{"purpose":"user_report_review","reason":"${REASON}","__proto__":{"preset":true}}`,
    code: "bad-field",
    pointers: ["/__proto__"],
  },
  {
    what: "a preset that is no boolean",
    to: "views",
    body: view({ preset: "true" }),
    code: "bad-field",
    pointers: ["/preset"],
  },
  { what: "no JSON by its type", to: "views", body: "purpose=user_report_review", code: "not-json" },
  {
    what: "a policy that does not exist",
    to: "decisions",
    body: () => decision({ policyId: "01980000-0000-7000-8000-000000000000" }),
    code: "unknown-policy",
  },
  {
    what: "a policy that is no id",
    to: "decisions",
    body: () => decision({ policyId: "x" }),
    code: "bad-field",
    pointers: ["/policyId"],
  },
  {
    what: "a violation without a policy",
    to: "decisions",
    body: () => decision({ policyId: null }),
    code: "bad-field",
    pointers: ["/policyId"],
  },
  {
    what: "an action against nothing",
    to: "decisions",
    body: () => decision({ outcome: "no_violation", policyId: null }),
    code: "bad-field",
    pointers: ["/action"],
  },
  {
    what: "an escalation that is none",
    to: "decisions",
    body: () => decision({ action: "escalate" }),
    code: "bad-field",
    pointers: ["/action"],
  },
  {
    what: "an escalation to nowhere",
    to: "decisions",
    body: () => decision({ outcome: "escalate", action: "escalate", policyId: null }),
    code: "no-escalation-queue",
  },
  {
    what: "a note of 5,000 letters",
    to: "decisions",
    body: () => decision({ note: "n".repeat(5000) }),
    code: "bad-field",
    pointers: ["/note"],
  },
  {
    what: "a note with NUL",
    to: "decisions",
    body: () => decision({ note: "a\u0000b" }),
    code: "bad-field",
    pointers: ["/note"],
  },
  {
    what: "a note with half a character",
    to: "decisions",
    body: `{"outcome":"no_violation","action":"none","note":"a \\udc00"}`,
    code: "bad-field",
    pointers: ["/note"],
  },
  {
    what: "who decided",
    to: "decisions",
    body: () => decision({ decidedBy: "01980000-0000-7000-8000-000000000000", viewed: true }),
    code: "bad-field",
  },
  {
    what: "a flag without substance",
    to: "flags",
    body: flag({ reason: "..." }),
    code: "reason-without-substance",
  },
  {
    what: "a flag's reason with NUL",
    to: "flags",
    body: flag({ reason: `${REASON}\u0000` }),
    code: "bad-field",
    pointers: ["/reason"],
  },
  {
    what: "a flag's category that does not exist",
    to: "flags",
    body: flag({ category: "everything" }),
    code: "bad-field",
    pointers: ["/category"],
  },
  {
    what: "a flag on other messages",
    to: "flags",
    body: flag({ flaggedMessageIds: ["01980000-0000-7000-8000-000000000000"] }),
    code: "bad-field",
    pointers: ["/flaggedMessageIds"],
  },
];

for (const { what, to, body, code, pointers } of BAD) {
  test(`${to} take nothing of ${what}`, async () => {
    const headers: Record<string, string> = {
      "content-type": what.includes("by its type") ? "text/plain" : "application/json",
    };
    const sent = typeof body === "function" ? body() : body;
    const answer = await call("POST", `/api/cases/${caseId}/${to}`, {
      cookie: by.cookie,
      body: sent,
      headers,
    });
    await expectRefusedAndAudited([{ who: what, answer, code, action: ACTIONS[to], staffId: by.member.id }]);
    if (pointers) {
      const { errors = [] } = jsonOf<{ errors?: { pointer: string }[] }>(answer);
      expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
    }
    // An error names the field, never what was in it.
    expect(answer.text).not.toContain("Reading what was reported");
    expect(answer.text.length).toBeLessThan(2000);
  });
}

test("a body of 10 MB is not read to its end, and the server goes on", async () => {
  const before = await tooLarge();
  // The server answers and hangs up while the rest is still being sent: the sender may see either.
  const body = view({ reason: "x ".repeat(5_000_000) });
  const answer = await call("POST", `/api/cases/${caseId}/views`, { cookie: by.cookie, body }).catch(
    () => null,
  );
  if (answer) expect(answer.status).toBe(413);
  expect(await tooLarge()).toBe(before + 1);
  expect((await call("GET", "/api/me", { cookie: by.cookie })).status).toBe(200);
});

async function tooLarge(): Promise<number> {
  const [row] = await admin()`
    select count(*)::int as n from audit.events
     where actor_id = ${by.member.id} and outcome = 'denied' and detail ->> 'code' = 'too-large'`;
  return row?.n;
}

test("nothing was half-written by any of it", async () => {
  const [row] = await admin()`
    select (select count(*) from access.grants where case_id = ${caseId})::int as grants,
           (select count(*) from triage.decisions where case_id = ${caseId})::int as decisions,
           (select count(*) from triage.flags where case_id = ${caseId})::int as flags`;
  expect(row).toEqual({ grants: 0, decisions: 0, flags: 1 });
});

const QUERIES: readonly [string, AuditAction, string][] = [
  ["/api/queues/QUEUE/cases?sort=everything", "queue.read", "/sort"],
  ["/api/queues/QUEUE/cases?limit=0", "queue.read", "/limit"],
  ["/api/queues/QUEUE/cases?limit=1e9", "queue.read", "/limit"],
  ["/api/queues/QUEUE/cases?limit=NaN", "queue.read", "/limit"],
  [`/api/queues/QUEUE/cases?cursor=${"x".repeat(300)}`, "queue.read", "/cursor"],
  ["/api/audit/events?action=everything", "audit.searched", "/action"],
  ["/api/audit/events?from=yesterday", "audit.searched", "/from"],
  ["/api/audit/events?actor=me", "audit.searched", "/actor"],
  ["/api/audit/events?unknown=1", "audit.searched", "/unknown"],
  ["/api/audit/events?caseNumber=-1", "audit.searched", "/caseNumber"],
  ["/api/audit/export?format=xlsx", "audit.exported", "/format"],
];
for (const [path, action, pointer] of QUERIES) {
  test(`nothing is asked by ${path.slice(0, 60)}`, async () => {
    const answer = await call("GET", path.replace("QUEUE", scene.queue), { cookie: by.cookie });
    await expectRefusedAndAudited([{ who: path, answer, code: "bad-field", action, staffId: by.member.id }]);
    expect(jsonOf<{ errors: { pointer: string }[] }>(answer).errors.map((one) => one.pointer)).toEqual([
      pointer,
    ]);
  });
}

test("a page marker that was made up leads nowhere", async () => {
  const officer = await scene.bearer(["compliance_officer"]);
  const made = [
    "x",
    "%00",
    "' or ''='",
    "%F0%9F%92%A9",
    Buffer.from('{"v":1,"id":"x"}').toString("base64url"),
    Buffer.from('{"v":"1e999","id":"01980000-0000-7000-8000-000000000000"}').toString("base64url"),
    Buffer.from('{"v":{"a":1},"id":"01980000-0000-7000-8000-000000000000"}').toString("base64url"),
    Buffer.from("[]").toString("base64url"),
    Buffer.from("null").toString("base64url"),
    Buffer.from('{"v":"infinity","id":"01980000-0000-7000-8000-00000000000\u0000"}').toString("base64url"),
  ];
  for (const cursor of made) {
    for (const sort of ["priority", "due", "oldest", "newest"]) {
      const path = `/api/queues/${scene.queue}/cases?sort=${sort}&cursor=${cursor.includes("%") ? cursor : encodeURIComponent(cursor)}`;
      const answer = await call("GET", path, { cookie: by.cookie });
      await expectRefusedAndAudited([
        { who: `${sort} ${cursor}`, answer, code: "bad-cursor", action: "queue.read", staffId: by.member.id },
      ]);
    }
    // Sixteen bytes are an id, whatever they are.
    if (Buffer.from(cursor, "base64url").length === 16) continue;
    const path = `/api/audit/events?cursor=${cursor.includes("%") ? cursor : encodeURIComponent(cursor)}`;
    const answer = await call("GET", path, { cookie: officer.cookie });
    await expectRefusedAndAudited([
      { who: cursor, answer, code: "bad-cursor", action: "audit.searched", staffId: officer.member.id },
    ]);
  }
});
