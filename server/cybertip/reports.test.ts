import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CyberTipDraft } from "../../domain/cybertip/draft.ts";
import {
  ACCOUNT_PARTS,
  ENVIRONMENTS,
  FILING_WAYS,
  HOLD_KINDS,
  REPORT_KINDS,
  REPORT_STATES,
} from "../../domain/cybertip/vocabulary.ts";
import { openView } from "../disclosure/openView.ts";
import { readDraft } from "../disclosure/readDraft.ts";
import { readView } from "../disclosure/readView.ts";
import { saveDraft } from "../disclosure/saveDraft.ts";
import { type Case, makeWorld, type Person, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { listQueues } from "../triage/listQueues.ts";
import { readCase } from "../triage/readCase.ts";
import { readQueuePage } from "../triage/readQueuePage.ts";
import { approveReport } from "./approveReport.ts";
import { handInReport } from "./handInReport.ts";
import { listReports } from "./listReports.ts";
import { readFigures } from "./readFigures.ts";
import { readPriorReports } from "./readPriorReports.ts";
import { readReport } from "./readReport.ts";
import { sendBackReport } from "./sendBackReport.ts";
import { startReport } from "./startReport.ts";
import { aDraft, openedFor, setReporter } from "./test/drafts.ts";
import { withdrawReport } from "./withdrawReport.ts";

let world: World;
let writer: Person;
let second: Person;
let third: Person;
let moderator: Person;
let counsel: Person;
let officer: Person;

beforeAll(async () => {
  world = await makeWorld();
  await setReporter(world);
  const cleared = { clearances: ["child_safety"] };
  writer = await world.person(["specialist"], cleared);
  second = await world.person(["specialist"], cleared);
  third = await world.person(["specialist"], cleared);
  moderator = await world.person(["moderator"]);
  counsel = await world.person(["legal_counsel"]);
  officer = await world.person(["compliance_officer"]);
});
afterAll(() => world.end());

const code = (code: string) => ({ code });
const EVERYTHING = { limit: 100 };

async function started(by = writer, options: Parameters<World["case"]>[0] = {}) {
  const found = await world.case(options);
  const { reportId, number } = await startReport(by.actor, found.id, { kind: "report" });
  return { found, reportId, number };
}

/** A report that waits for an answer, written by `writer`. */
async function waiting(draft: CyberTipDraft = aDraft()) {
  const { found, reportId, number } = await started();
  const view = await openedFor(writer, found);
  const saved = await saveDraft(writer.actor, reportId, { viewId: view, revision: 0, draft });
  expect(saved.problems.filter((one) => one.severity === "error")).toEqual([]);
  await handInReport(writer.actor, reportId, { revision: 1 });
  return { found, reportId, number, view, saved };
}

async function read(by: Person, found: Case, reportId: string) {
  const viewId = await openedFor(by, found);
  return { viewId, draft: (await readDraft(by.actor, reportId, { viewId })).reveal() };
}

describe("two people stand behind a report", () => {
  test("one writes and hands in, another reads and approves, word for word", async () => {
    const { found, reportId, saved } = await waiting();
    const { draft } = await read(second, found, reportId);
    expect(draft).toMatchObject({ revision: 1, digest: saved.digest, draft: aDraft() });
    const moved = await approveReport(second.actor, reportId, { revision: 1, digest: saved.digest });
    expect(moved).toEqual({ state: "approved", revision: 1 });
    const detail = await readReport(writer.actor, reportId);
    expect(detail).toMatchObject({
      state: "approved",
      nextStep: "file",
      approvedRevision: 1,
      approvedBy: { id: second.id },
      handedInBy: { id: writer.id },
    });
    expect(detail.history.map((one) => one.what)).toEqual(["started", "handed_in", "approved"]);
    expect(detail.revisions[0]?.readBy.map((one) => one.id)).toEqual([second.id]);
  });

  test("whoever wrote or handed in any of it approves nothing, not after others wrote on either", async () => {
    const { found, reportId } = await started();
    const first = await openedFor(second, found);
    await saveDraft(second.actor, reportId, { viewId: first, revision: 0, draft: aDraft("By the second.") });
    const view = await openedFor(writer, found);
    const saved = await saveDraft(writer.actor, reportId, { viewId: view, revision: 1, draft: aDraft() });
    await handInReport(third.actor, reportId, { revision: 2 });
    for (const one of [writer, second, third]) {
      await read(one, found, reportId);
      await expect(
        approveReport(one.actor, reportId, { revision: 2, digest: saved.digest }),
      ).rejects.toMatchObject(code("own-report"));
    }
  });

  test("the database refuses it too, whichever function forgets to ask", async () => {
    const { reportId, saved } = await waiting();
    const insert = (staff: Person) => world.admin`
      insert into cybertip.approvals (report_id, revision, digest, handed_in_by, staff_id, session_id, answer, read_id)
      values (${reportId}, 1, ${Buffer.from(saved.digest, "hex")}, ${third.id}, ${staff.id}, ${staff.sessionId}, 'approved', null)`;
    await expect(insert(writer)).rejects.toMatchObject({ code: "UN030" });
    await expect(insert(third)).rejects.toMatchObject({ constraint_name: "nobody_approves_themselves" });
    await expect(
      world.admin`update cybertip.reports set state = 'approved', approved_revision = 1, approved_at = now(),
        approved_digest = ${Buffer.from(saved.digest, "hex")}, approved_by = ${writer.id} where id = ${reportId}`,
    ).rejects.toMatchObject({ constraint_name: "another_approves" });
  });

  test("nobody approves what they have not read, or read in a transaction that was rolled back", async () => {
    const { found, reportId, saved } = await waiting();
    const approve = () => approveReport(second.actor, reportId, { revision: 1, digest: saved.digest });
    await expect(approve()).rejects.toMatchObject(code("not-read"));
    const viewId = await openedFor(second, found);
    const sql = postgres(world.urls.web, { max: 1, onnotice: () => {} });
    try {
      await sql
        .begin(async (tx) => {
          const [row] =
            await tx`select cybertip.read_draft(${second.actor as never}::jsonb, ${reportId}::uuid, ${viewId}::uuid, null) as r`;
          expect(row?.r.ok).toBe(true);
          throw new Error("rolled back");
        })
        .catch(() => {});
      // In the transaction that approves, it is not yet on record either.
      await sql.begin(async (tx) => {
        await tx`select cybertip.read_draft(${second.actor as never}::jsonb, ${reportId}::uuid, ${viewId}::uuid, null)`;
        const [row] =
          await tx`select cybertip.approve(${second.actor as never}::jsonb, ${reportId}::uuid, 1, ${saved.digest}) as r`;
        expect(row?.r).toEqual({ ok: false, code: "not-read" });
      });
    } finally {
      await sql.end();
    }
    expect(await approve()).toMatchObject({ state: "approved" });
  });

  test("an approval holds for what was read: another digest or a later save is not it", async () => {
    const { found, reportId, saved, view } = await waiting();
    await read(second, found, reportId);
    const other = "0".repeat(64);
    await expect(approveReport(second.actor, reportId, { revision: 1, digest: other })).rejects.toMatchObject(
      code("draft-changed"),
    );
    await approveReport(second.actor, reportId, { revision: 1, digest: saved.digest });
    // The same again is no revision and takes nothing away.
    const same = await saveDraft(writer.actor, reportId, { viewId: view, revision: 1, draft: aDraft() });
    expect(same).toMatchObject({ revision: 1, state: "approved" });
    const next = await saveDraft(writer.actor, reportId, {
      viewId: view,
      revision: 1,
      draft: aDraft("More."),
    });
    expect(next).toMatchObject({ revision: 2, state: "draft" });
    const detail = await readReport(writer.actor, reportId);
    expect(detail).toMatchObject({ state: "draft", approvedBy: null, handedInBy: null });
    expect(detail.history.at(-1)).toMatchObject({ what: "reopened", from: "approved" });
  });

  test("of an approval and a save at once, the save stands and nothing is approved that was not read", async () => {
    for (let round = 0; round < 5; round++) {
      const { found, reportId, saved, view } = await waiting();
      await read(second, found, reportId);
      const [approval] = await Promise.allSettled([
        approveReport(second.actor, reportId, { revision: 1, digest: saved.digest }),
        saveDraft(writer.actor, reportId, { viewId: view, revision: 1, draft: aDraft(`Round ${round}.`) }),
        approveReport(third.actor, reportId, { revision: 1, digest: saved.digest }),
      ]);
      expect(await readReport(writer.actor, reportId)).toMatchObject({
        state: "draft",
        revision: 2,
        approvedRevision: null,
      });
      if (approval.status === "rejected")
        expect(approval.reason).toMatchObject({
          code: expect.stringMatching(/^(not-waiting|draft-changed)$/),
        });
    }
  });

  test("sent back in words; withdrawn for a reason; then it is closed", async () => {
    const { found, reportId } = await waiting();
    await expect(sendBackReport(second.actor, reportId, { note: "no" })).rejects.toMatchObject(
      code("note-without-substance"),
    );
    await sendBackReport(second.actor, reportId, { note: "Name the conversation in the incident." });
    await expect(withdrawReport(writer.actor, reportId, { reason: "x" })).rejects.toMatchObject(
      code("reason-without-substance"),
    );
    await withdrawReport(writer.actor, reportId, { reason: "The same incident was reported already." });
    await expect(handInReport(writer.actor, reportId, { revision: 1 })).rejects.toMatchObject(
      code("report-closed"),
    );
    await expect(startReport(writer.actor, found.id, { kind: "report" })).resolves.toMatchObject({});
  });

  test("a report that NCMEC would refuse is not handed in", async () => {
    const { found, reportId } = await started();
    const viewId = await openedFor(writer, found);
    const wrong = aDraft();
    const draft = {
      ...wrong,
      report: { ...wrong.report, incidentSummary: { incidentDateTime: "2099-01-01T00:00:00Z" } },
    } as CyberTipDraft;
    const saved = await saveDraft(writer.actor, reportId, { viewId, revision: 0, draft });
    expect(saved.problems.map((one) => [one.pointer, one.rule])).toEqual(
      expect.arrayContaining([
        ["/report/incidentSummary/incidentType", "schema.required"],
        ["/report/incidentSummary/incidentDateTime", "service.past"],
      ]),
    );
    await expect(handInReport(writer.actor, reportId, { revision: 1 })).rejects.toMatchObject(
      code("draft-has-errors"),
    );
    expect(await readReport(writer.actor, reportId)).toMatchObject({ nextStep: "mend" });
  });
});

describe("a draft is content", () => {
  test("it rests as ciphertext, and no event, row or refusal repeats it", async () => {
    const canary = `canary-${Date.now().toString(36)}-tip`;
    const { found, reportId } = await started();
    const viewId = await openedFor(writer, found);
    await saveDraft(writer.actor, reportId, { viewId, revision: 0, draft: aDraft(canary) });
    expect(JSON.stringify(await readReport(writer.actor, reportId))).not.toContain(canary);
    const tables = await world.admin`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('staff', 'intake', 'triage', 'sealed', 'access', 'audit', 'cybertip')`;
    const hex = Buffer.from(canary).toString("hex");
    for (const { name } of tables) {
      const rows = await world.admin.unsafe(
        `select 1 from ${name} t where t::text like '%' || $1 || '%' or t::text like '%' || $2 || '%'`,
        [canary, hex],
      );
      expect(rows, name).toHaveLength(0);
    }
    expect((await readDraft(writer.actor, reportId, { viewId })).reveal().draft).toEqual(aDraft(canary));
  });

  test("it cannot be read or saved without a committed view of the case for such a report", async () => {
    const { found, reportId } = await started();
    const other = await world.case();
    await claimCase(writer.actor, other.id);
    const elsewhere = await openView(writer.actor, other.id, {
      purpose: "user_report_review",
      scope: "flagged_window",
      reason: "Looking at what was reported here.",
      preset: false,
    });
    const draft = aDraft();
    for (const [viewId, expected] of [
      [elsewhere.viewId, "view-does-not-fit"],
      ["00000000-0000-4000-8000-000000000000", "not-found"],
      [await openedFor(second, found), "not-found"],
    ] as const) {
      await expect(readDraft(writer.actor, reportId, { viewId })).rejects.toMatchObject(code(expected));
      await expect(saveDraft(writer.actor, reportId, { viewId, revision: 0, draft })).rejects.toMatchObject(
        code(expected),
      );
    }
    await claimCase(writer.actor, found.id);
    const wrongPurpose = await openView(writer.actor, found.id, {
      purpose: "user_report_review",
      scope: "flagged_window",
      reason: "Looking at what was reported in this thread.",
      preset: false,
    });
    await expect(readDraft(writer.actor, reportId, { viewId: wrongPurpose.viewId })).rejects.toMatchObject(
      code("view-does-not-fit"),
    );
    const sql = postgres(world.urls.web, { max: 1, onnotice: () => {} });
    try {
      await sql.begin(async (tx) => {
        const [open] =
          await tx`select access.request_and_open(${writer.actor as never}::jsonb, ${found.id}::uuid,
          'child_safety_report', 'whole_thread', 'Writing the report on this thread.', false) as r`;
        const [row] = await tx`select cybertip.read_draft(${writer.actor as never}::jsonb, ${reportId}::uuid,
          ${open?.r.viewId}::uuid, null) as r`;
        expect(row?.r).toEqual({ ok: false, code: "view-not-committed" });
      });
    } finally {
      await sql.end();
    }
  });

  test("what the settings and the log say cannot be typed", async () => {
    const { found, reportId } = await started(writer, { files: [10] });
    const viewId = await openedFor(writer, found);
    const attachment = { messageId: found.messageIds[10] as string, revision: 1, ordinal: 0 };
    const draft: CyberTipDraft = {
      report: { ...aDraft().report, reporter: { reportingPerson: { email: [{ value: "me@example.org" }] } } },
      files: [{ attachment, include: true, details: { fileViewedByEsp: true, exifViewedByEsp: false } }],
      transcript: { include: false },
    };
    await expect(saveDraft(writer.actor, reportId, { viewId, revision: 0, draft })).rejects.toMatchObject({
      code: "derived-field",
      errors: [
        { pointer: "/report/reporter" },
        { pointer: "/files/0/details/fileViewedByEsp" },
        { pointer: "/files/0/details/exifViewedByEsp" },
      ],
    });
  });

  test("of two who save at once, one is told who was first", async () => {
    const { found, reportId } = await started();
    const [mine, theirs] = [await openedFor(writer, found), await openedFor(second, found)];
    await saveDraft(writer.actor, reportId, { viewId: mine, revision: 0, draft: aDraft() });
    const saves = await Promise.allSettled([
      saveDraft(writer.actor, reportId, { viewId: mine, revision: 1, draft: aDraft("One.") }),
      saveDraft(second.actor, reportId, { viewId: theirs, revision: 1, draft: aDraft("Two.") }),
    ]);
    expect(saves.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    const loser = saves.find((one) => one.status === "rejected");
    const winner = saves[0]?.status === "fulfilled" ? writer : second;
    expect(loser?.reason).toMatchObject({
      code: "draft-changed",
      extension: { meanwhile: { revision: 2, savedBy: { id: winner.id } } },
    });
  });

  test("a file of another thread is no file of this report", async () => {
    const { found, reportId } = await started(writer, { files: [10] });
    const other = await world.case({ files: [10] });
    const viewId = await openedFor(writer, found);
    const named = (messageId: string): CyberTipDraft => ({
      ...aDraft(),
      files: [{ attachment: { messageId, revision: 1, ordinal: 0 }, include: true, details: {} }],
    });
    await expect(
      saveDraft(writer.actor, reportId, {
        viewId,
        revision: 0,
        draft: named(other.messageIds[10] as string),
      }),
    ).rejects.toMatchObject(code("unknown-attachment"));
    await saveDraft(writer.actor, reportId, {
      viewId,
      revision: 0,
      draft: named(found.messageIds[10] as string),
    });
    expect((await readReport(writer.actor, reportId)).files).toMatchObject([
      { fileNo: 1, included: true, viewings: [] },
    ]);
  });
});

describe("a case with a report disappears from everybody who is not cleared", () => {
  test("from lists, counts and the case page of an ordinary queue, with the claim and the view of whoever held it", async () => {
    const queue = await world.queue("Open to all");
    const inQueue = { queues: [queue], clearances: [] };
    const plain = await world.person(["moderator"], inQueue);
    const cleared = await world.person(["specialist"], { queues: [queue], clearances: ["child_safety"] });
    const found = await world.case({ queue });
    await world.case({ queue });
    await claimCase(plain.actor, found.id);
    const view = await openView(plain.actor, found.id, {
      purpose: "user_report_review",
      scope: "flagged_window",
      preset: true,
    });
    await readView(plain.actor, view.viewId);

    await startReport(cleared.actor, found.id, { kind: "report" });
    await expect(readCase(plain.actor, found.id)).rejects.toMatchObject(code("not-found"));
    await expect(claimCase(plain.actor, found.id)).rejects.toMatchObject(code("not-found"));
    await expect(readView(plain.actor, view.viewId)).rejects.toMatchObject({
      code: expect.stringMatching(/^(view-ended|grant-expired)$/),
    });
    const counted = async (one: Person) =>
      (await listQueues(one.actor)).queues.find((q) => q.id === queue)?.open;
    expect([await counted(plain), await counted(cleared), await counted(officer)]).toEqual([1, 2, 2]);
    for (const sort of ["priority", "due", "oldest", "newest"] as const) {
      const listed = async (one: Person) =>
        JSON.parse(await readQueuePage(one.actor, queue, { sort, limit: 50 })).cases.length;
      expect([await listed(plain), await listed(cleared)]).toEqual([1, 2]);
    }
    expect(await world.events("case.claim_ended")).toMatchObject([
      { case_id: found.id, subject_staff_id: plain.id },
    ]);
    const sql = postgres(world.urls.web, { max: 1, onnotice: () => {} });
    try {
      await sql.begin(async (tx) => {
        await tx`select set_config('unseal.token', ${plain.actor.token}, true)`;
        expect(await tx`select id from triage.cases where id = ${found.id}`).toHaveLength(0);
        expect(await tx`select id from triage.flags where case_id = ${found.id}`).toHaveLength(0);
      });
    } finally {
      await sql.end();
    }
  });

  test("open cases move to the restricted queue of their region, and what arrives later goes there as well", async () => {
    const queue = await world.queue("Ordinary, of a region", { region: "uk" });
    const restricted = await world.queue("Restricted, of a region", {
      region: "uk",
      restrictedSubject: "child_safety",
    });
    const own = await world.person(["specialist"], {
      queues: [queue, restricted],
      regions: ["uk"],
      clearances: ["child_safety"],
    });
    const found = await world.case({ queue, region: "uk" });
    await startReport(own.actor, found.id, { kind: "report" });
    const where = () => world.admin`
      select queue_id, restricted_subject from triage.cases where thread_id = ${found.threadId} order by id`;
    expect(await where()).toEqual([{ queue_id: restricted, restricted_subject: "child_safety" }]);
    // As intake opens a case of a new flag: where the route of its category leads.
    await world.admin`update triage.cases set state = 'decided', decided_at = now() where id = ${found.id}`;
    await world.admin`insert into triage.cases (thread_id, platform_id, queue_id, region, category, severity, priority, sources,
        message_count, participant_count, minor_count, due_at)
      select thread_id, platform_id, ${queue}, region, 'fraud_spam', 1, 1, '{keyword}', 1, 2, 0, now() from triage.cases
       where id = ${found.id}`;
    expect(await where()).toEqual([
      { queue_id: restricted, restricted_subject: "child_safety" },
      { queue_id: restricted, restricted_subject: "child_safety" },
    ]);
  });

  test("the uncleared specialist, the one of another region, leads, moderators, administrators and auditors find nothing", async () => {
    const { found, reportId } = await waiting();
    const uncleared = await world.person(["specialist"]);
    const abroad = await world.person(["specialist"], { regions: ["us"], clearances: ["child_safety"] });
    const others = [
      moderator,
      await world.person(["lead"], { clearances: ["child_safety"] }),
      await world.person(["administrator"]),
      await world.person(["auditor"]),
    ];
    for (const one of [uncleared, abroad])
      await expect(readReport(one.actor, reportId)).rejects.toMatchObject(code("not-found"));
    for (const one of others) {
      await expect(readReport(one.actor, reportId)).rejects.toMatchObject(code("wrong-role"));
      await expect(listReports(one.actor, EVERYTHING)).rejects.toMatchObject(code("wrong-role"));
      await expect(readFigures(one.actor, { format: "json" })).rejects.toMatchObject(code("wrong-role"));
      await expect(startReport(one.actor, found.id, { kind: "report" })).rejects.toMatchObject(
        code("wrong-role"),
      );
    }
    expect((await listReports(abroad.actor, EVERYTHING)).reports).toEqual([]);
  });

  test("counsel and officers read the record and none of the content", async () => {
    const { found, reportId } = await waiting();
    for (const one of [counsel, officer]) {
      const detail = await readReport(one.actor, reportId);
      expect(detail).toMatchObject({ state: "waiting", mine: false });
      expect(Object.values(detail.may).filter(Boolean)).toEqual([]);
      expect((await listReports(one.actor, EVERYTHING)).mayWrite).toBe(false);
      await expect(
        openView(one.actor, found.id, {
          purpose: "child_safety_report",
          scope: "whole_thread",
          reason: "Reading the thread of the report.",
          preset: false,
        }),
      ).rejects.toMatchObject(code("wrong-role"));
      await expect(
        readDraft(one.actor, reportId, { viewId: await openedFor(writer, found) }),
      ).rejects.toMatchObject(code("not-found"));
      await expect(
        sendBackReport(one.actor, reportId, { note: "Back to the writer, please." }),
      ).rejects.toMatchObject(code("wrong-role"));
    }
  });

  test("somebody whose own account is in the thread finds nothing of its report", async () => {
    const own = await world.person(["specialist"], { clearances: ["child_safety"] });
    await world.admin`insert into staff.platform_accounts (staff_id, platform_id, account_id)
      values (${own.id}, ${world.platformId}, 'p-own')`;
    const { reportId } = await started(writer, { accounts: ["p-own", "p-9"] });
    await expect(readReport(own.actor, reportId)).rejects.toMatchObject(code("not-found"));
    expect((await listReports(own.actor, EVERYTHING)).reports.some((one) => one.id === reportId)).toBe(false);
  });
});

describe("the purpose of a report", () => {
  test("opens the thread without a claim and after the decision, while the report lives, and to nobody uncleared", async () => {
    const found = await world.case();
    const ask = {
      purpose: "child_safety_report",
      scope: "whole_thread",
      reason: "Writing the report on this thread.",
      preset: false,
    } as const;
    await expect(openView(writer.actor, found.id, ask)).rejects.toMatchObject(code("not-your-claim"));
    const { reportId } = await startReport(writer.actor, found.id, { kind: "report" });
    await world.admin`update triage.cases set state = 'decided', decided_at = now() where id = ${found.id}`;
    const view = await openView(writer.actor, found.id, ask);
    await readView(writer.actor, view.viewId);
    const uncleared = await world.person(["specialist"]);
    await expect(openView(uncleared.actor, found.id, ask)).rejects.toMatchObject(code("not-found"));
    await withdrawReport(writer.actor, reportId, { reason: "It was begun on the wrong case." });
    await expect(readView(writer.actor, view.viewId)).rejects.toMatchObject({
      code: expect.stringMatching(/^(view-ended|grant-expired)$/),
    });
    await expect(openView(writer.actor, found.id, ask)).rejects.toMatchObject(code("case-not-open"));
  });

  test("two who start at once start one", async () => {
    const found = await world.case();
    const starts = await Promise.allSettled(
      [writer, second, third].map((one) => startReport(one.actor, found.id, { kind: "report" })),
    );
    expect(starts.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of starts)
      if (one.status === "rejected") expect(one.reason).toMatchObject(code("report-exists"));
    await expect(
      startReport(writer.actor, found.id, { kind: "supplement", supplements: found.id }),
    ).rejects.toMatchObject(code("report-exists"));
  });
});

describe("the register", () => {
  test("is cut by key, filtered and counted, and says what is next", async () => {
    const { reportId, number } = await waiting();
    await world.admin`update cybertip.reports set due_at = now() - interval '1 hour' where id = ${reportId}`;
    const all = await listReports(writer.actor, EVERYTHING);
    const pages = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listReports(writer.actor, { limit: 3, ...(cursor ? { cursor } : {}) });
      pages.push(...page.reports.map((one) => one.id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(pages).toEqual(all.reports.map((one) => one.id));
    const overdue = await listReports(second.actor, { ...EVERYTHING, overdue: "true" });
    expect(overdue.reports).toMatchObject([
      { id: reportId, number, overdue: true, nextStep: "approve", mine: false },
    ]);
    expect(overdue.counts.overdue).toBe(1);
    const mine = await listReports(second.actor, { ...EVERYTHING, mine: "true", state: "waiting" });
    expect(mine.reports.some((one) => one.id === reportId)).toBe(false);
    await expect(listReports(writer.actor, { ...EVERYTHING, cursor: "nonsense" })).rejects.toMatchObject(
      code("bad-cursor"),
    );
  });

  test("tells of participants who were reported before, in whatever thread, and no account id", async () => {
    const account = `acct-${Date.now()}`;
    const first = await started(writer, { accounts: [account, "p-7"] });
    const viewId = await openedFor(writer, first.found);
    const draft = aDraft();
    await saveDraft(writer.actor, first.reportId, {
      viewId,
      revision: 0,
      draft: { ...draft, report: { ...draft.report, personOrUserReported: [{ espIdentifier: account }] } },
    });
    const later = await started(second, { accounts: ["p-8", account] });
    const prior = await readPriorReports(second.actor, later.found.id);
    expect(prior.participants).toMatchObject([
      { pseudonym: "Account 1", reports: [] },
      { pseudonym: "Account 2", reports: [{ id: first.reportId, part: "reported", state: "draft" }] },
    ]);
    expect(JSON.stringify(prior)).not.toContain(account);
    const [event] = await world.events("cybertip.prior_read");
    expect(event).toMatchObject({ actor_id: second.id, case_id: later.found.id });
    await expect(readPriorReports(moderator.actor, later.found.id)).rejects.toMatchObject(code("wrong-role"));
  });
});

test("the closed lists of the database are those of the rules", async () => {
  const values = async (table: string, column: string) => {
    const [row] = await world.admin`
      select pg_get_constraintdef(oid) as def from pg_constraint
       where conrelid = ${table}::regclass and contype = 'c' and conname = ${`${table.split(".")[1]}_${column}_check`}`;
    return [...String(row?.def).matchAll(/'([a-z_]+)'::text/g)].map(([, word]) => word);
  };
  expect(await values("cybertip.reports", "state")).toEqual(REPORT_STATES);
  expect(await values("cybertip.reports", "kind")).toEqual(REPORT_KINDS);
  expect(await values("cybertip.reports", "way")).toEqual(FILING_WAYS);
  expect(await values("cybertip.reports", "environment")).toEqual(ENVIRONMENTS);
  expect(await values("cybertip.holds", "kind")).toEqual(HOLD_KINDS);
  expect(await values("sealed.cybertip_accounts", "part")).toEqual(ACCOUNT_PARTS);
});
