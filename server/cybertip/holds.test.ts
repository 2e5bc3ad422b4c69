import { createHash, randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDraft } from "../disclosure/readDraft.ts";
import { readView } from "../disclosure/readView.ts";
import { saveDraft } from "../disclosure/saveDraft.ts";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { approveReport } from "./approveReport.ts";
import { askDestruction } from "./askDestruction.ts";
import { callOffDestruction } from "./callOffDestruction.ts";
import { destroyThread } from "./destroyThread.ts";
import { figuresCsv } from "./figuresCsv.ts";
import { handInReport } from "./handInReport.ts";
import { holdThread } from "./holdThread.ts";
import { openExport } from "./openExport.ts";
import { readFigures } from "./readFigures.ts";
import { readProof } from "./readProof.ts";
import { readReport } from "./readReport.ts";
import { recordFiledByHand } from "./recordFiledByHand.ts";
import { startReport } from "./startReport.ts";
import { aDraft, openedFor, setReporter } from "./test/drafts.ts";
import { withdrawReport } from "./withdrawReport.ts";

let world: World;
let writer: Person;
let second: Person;
let counsel: Person;
let otherCounsel: Person;

beforeAll(async () => {
  world = await makeWorld();
  await setReporter(world);
  writer = await world.person(["specialist"], { clearances: ["child_safety"] });
  second = await world.person(["specialist"], { clearances: ["child_safety"] });
  counsel = await world.person(["legal_counsel"]);
  otherCounsel = await world.person(["legal_counsel"]);
});
afterAll(() => world.end());

const code = (code: string) => ({ code });
const WHY = "Asked for by the officer in charge.";
const number = () => String(randomInt(1, 2 ** 40));

async function approved() {
  const found = await world.case({ files: [10] });
  const { reportId } = await startReport(writer.actor, found.id, { kind: "report" });
  const view = await openedFor(writer, found);
  const saved = await saveDraft(writer.actor, reportId, { viewId: view, revision: 0, draft: aDraft() });
  await handInReport(writer.actor, reportId, { revision: 1 });
  const theirs = await openedFor(second, found);
  await readDraft(second.actor, reportId, { viewId: theirs });
  await approveReport(second.actor, reportId, { revision: 1, digest: saved.digest });
  return { found, reportId, view };
}

async function filed() {
  const report = await approved();
  await openExport(writer.actor, report.reportId, "Filing it by hand with the service.");
  await recordFiledByHand(writer.actor, report.reportId, {
    ncmecReportId: number(),
    filedAt: new Date().toISOString(),
  });
  return report;
}

describe("filed by hand", () => {
  test("only what was approved and taken out, at a time that can be, under a number of its own", async () => {
    const { reportId } = await approved();
    const ncmecReportId = number();
    const record = (filedAt: string, id = ncmecReportId) =>
      recordFiledByHand(writer.actor, reportId, { ncmecReportId: id, filedAt });
    const now = () => new Date().toISOString();
    await expect(record(now())).rejects.toMatchObject(code("not-exported"));
    await openExport(writer.actor, reportId, "Filing it by hand with the service.");
    await expect(record("2020-01-01T00:00:00Z")).rejects.toMatchObject(code("bad-time"));
    await expect(record("2099-01-01T00:00:00Z")).rejects.toMatchObject(code("bad-time"));
    await expect(record(now())).resolves.toMatchObject({ state: "filed" });
    await expect(record(now())).rejects.toMatchObject(code("already-filed"));
    expect(await readReport(writer.actor, reportId)).toMatchObject({
      way: "by_hand",
      ncmecReportId,
      receipt: { ncmecReportId },
      holds: [{ kind: "preservation", live: true }],
    });
    const { history } = await readReport(writer.actor, reportId);
    expect(history.map((one) => one.what)).toEqual([
      "started",
      "handed_in",
      "approved",
      "exported",
      "filed_by_hand",
    ]);

    const next = await approved();
    await openExport(writer.actor, next.reportId, "Filing this one by hand as well.");
    await expect(
      recordFiledByHand(writer.actor, next.reportId, { ncmecReportId, filedAt: now() }),
    ).rejects.toMatchObject(code("number-taken"));
  });

  test("also what could not be filed live, unless it may be with NCMEC already", async () => {
    const { reportId } = await approved();
    const stick = (code: string) => world.admin`
      update cybertip.reports set state = 'stuck', stuck_code = ${code}, stuck_at = now(), way = 'live' where id = ${reportId}`;
    const record = () =>
      recordFiledByHand(writer.actor, reportId, {
        ncmecReportId: number(),
        filedAt: new Date().toISOString(),
      });
    const reason = "The service cannot be reached, so it is filed by hand.";
    await stick("cannot-tell");
    await expect(openExport(writer.actor, reportId, reason)).rejects.toMatchObject(code("filing-in-doubt"));
    await expect(record()).rejects.toMatchObject(code("filing-in-doubt"));
    await stick("gave-up");
    expect((await readReport(writer.actor, reportId)).may).toMatchObject({
      export: true,
      recordByHand: true,
    });
    await openExport(writer.actor, reportId, reason);
    await record();
    expect(await readReport(writer.actor, reportId)).toMatchObject({
      state: "filed",
      way: "by_hand",
      stuckCode: null,
    });
  });

  test("a report that was filed to try things out does not stand in the way of the real one", async () => {
    const { found, reportId } = await filed();
    const again = () => startReport(writer.actor, found.id, { kind: "report" });
    await world.admin`update cybertip.reports set way = 'live', environment = 'local' where id = ${reportId}`;
    const { reportId: real } = await again();
    await withdrawReport(writer.actor, real, { reason: "Only to see that it can be started." });
    await world.admin`update cybertip.reports set environment = (select environment from cybertip.settings) where id = ${reportId}`;
    await expect(again()).rejects.toMatchObject(code("already-filed"));
    await world.admin`update cybertip.reports set way = 'by_hand' where id = ${reportId}`;
  });

  test("a filed report is never changed; a supplement cites it, a second report is refused", async () => {
    const { found, reportId, view } = await filed();
    for (const act of [
      () => saveDraft(writer.actor, reportId, { viewId: view, revision: 1, draft: aDraft("Later.") }),
      () => handInReport(writer.actor, reportId, { revision: 1 }),
      () => withdrawReport(writer.actor, reportId, { reason: "It should not have been filed." }),
    ])
      await expect(act()).rejects.toMatchObject(code("already-filed"));
    await expect(startReport(writer.actor, found.id, { kind: "report" })).rejects.toMatchObject(
      code("already-filed"),
    );
    const supplement = await startReport(writer.actor, found.id, {
      kind: "supplement",
      supplements: reportId,
    });
    const detail = await readReport(writer.actor, reportId);
    expect(detail.supplementedBy).toMatchObject([{ id: supplement.reportId, state: "draft" }]);
    const other = await world.case();
    await expect(
      startReport(writer.actor, other.id, { kind: "supplement", supplements: reportId }),
    ).rejects.toMatchObject(code("nothing-to-supplement"));
  });
});

describe("preservation", () => {
  test("lasts one year from the submission, and nothing of the thread can be deleted, by the owner or the superuser", async () => {
    const { found, reportId } = await filed();
    const [hold] = await world.admin`
      select until_at = from_at + interval '1 year' as year, from_at = r.filed_at as from_filing
        from cybertip.holds h join cybertip.reports r on r.id = h.report_id where h.report_id = ${reportId}`;
    expect(hold).toEqual({ year: true, from_filing: true });
    for (const table of ["thread_keys", "messages", "participants", "attachments", "cybertip_drafts"]) {
      const remove = `delete from sealed.${table} where thread_id = '${found.threadId}'`;
      await expect(world.admin.unsafe(remove), table).rejects.toMatchObject({ code: "UN031" });
      await expect(
        world.admin.begin(async (tx) => {
          await tx`set local role unseal_owner`;
          await tx.unsafe(remove);
        }),
        table,
      ).rejects.toMatchObject({ code: "UN031" });
      await expect(world.admin.unsafe(`truncate sealed.${table}`)).rejects.toMatchObject({ code: "UN031" });
    }
    // What is not held goes.
    const free = await world.case();
    const gone = await world.admin`delete from sealed.messages where thread_id = ${free.threadId}`;
    expect(gone.count).toBeGreaterThan(0);
  });

  test("a hold is not shortened, moved or released; when it has run out, deletion is free again", async () => {
    const { found, reportId } = await filed();
    const asOwner = (statement: string) =>
      world.admin.begin(async (tx) => {
        await tx`set local role unseal_owner`;
        return (await tx.unsafe(statement)).count;
      });
    const where = `where report_id = '${reportId}'`;
    await expect(asOwner(`update cybertip.holds set until_at = now() ${where}`)).rejects.toMatchObject({
      code: "UN031",
    });
    await expect(asOwner(`update cybertip.holds set released_at = now() ${where}`)).rejects.toMatchObject({
      code: "23514",
    });
    expect(await asOwner(`delete from cybertip.holds ${where}`)).toBe(0);
    // A year later, as the clock cannot be turned: the hold is made older by somebody who may alter tables.
    await world.admin.begin(async (tx) => {
      await tx`alter table cybertip.holds disable trigger keep_holds`;
      await tx`update cybertip.holds set from_at = from_at - interval '2 years', until_at = until_at - interval '2 years'
        where report_id = ${reportId}`;
      await tx`alter table cybertip.holds enable trigger keep_holds`;
    });
    const gone = await world.admin`delete from sealed.messages where thread_id = ${found.threadId}`;
    expect(gone.count).toBeGreaterThan(0);
  });

  test("counsel extends it, in writing; nobody else does", async () => {
    const { reportId } = await filed();
    const until = new Date(Date.now() + 3 * 365 * 86_400_000).toISOString();
    const hold = { until, kind: "extension", reason: WHY } as const;
    await expect(holdThread(writer.actor, reportId, hold)).rejects.toMatchObject(code("wrong-role"));
    await expect(
      holdThread(counsel.actor, reportId, { ...hold, until: "2020-01-01T00:00:00Z" }),
    ).rejects.toMatchObject(code("already-past"));
    await expect(
      holdThread(counsel.actor, reportId, { ...hold, until: "2199-01-01T00:00:00Z" }),
    ).rejects.toMatchObject(code("too-far-ahead"));
    await expect(
      holdThread(counsel.actor, reportId, { ...hold, kind: "law_enforcement" }),
    ).rejects.toMatchObject(code("needs-reference"));
    await holdThread(counsel.actor, reportId, hold);
    const detail = await readReport(counsel.actor, reportId);
    expect(detail.keptUntil).toBe(until);
    const unfiled = await approved();
    await expect(holdThread(counsel.actor, unfiled.reportId, hold)).rejects.toMatchObject(code("not-filed"));
  });
});

describe("destruction at the request of law enforcement", () => {
  const ask = { reference: "Order 12/2026", reason: WHY };

  test("is asked by counsel, never confirmed by who asked, and leaves a proof that the log bears out", async () => {
    const { found, reportId, view } = await filed();
    await expect(askDestruction(writer.actor, reportId, ask)).rejects.toMatchObject(code("wrong-role"));
    await expect(destroyThread(second.actor, reportId)).rejects.toMatchObject(code("no-destruction"));
    await askDestruction(counsel.actor, reportId, ask);
    await expect(askDestruction(otherCounsel.actor, reportId, ask)).rejects.toMatchObject(
      code("already-asked"),
    );
    await expect(destroyThread(counsel.actor, reportId)).rejects.toMatchObject(code("own-request"));
    const outsider = await world.person(["moderator"]);
    await expect(destroyThread(outsider.actor, reportId)).rejects.toMatchObject(code("wrong-role"));
    const [before] =
      await world.admin`select count(*)::int as n from sealed.messages where thread_id = ${found.threadId}`;

    await destroyThread(second.actor, reportId);
    for (const table of [
      "thread_keys",
      "messages",
      "participants",
      "attachments",
      "flag_words",
      "cybertip_drafts",
    ])
      expect(
        await world.admin.unsafe(`select 1 from sealed.${table} where thread_id = '${found.threadId}'`),
        table,
      ).toHaveLength(0);
    await expect(readDraft(writer.actor, reportId, { viewId: view })).rejects.toMatchObject({
      code: expect.stringMatching(/^(view-ended|grant-expired)$/),
    });
    await expect(readView(writer.actor, view)).rejects.toMatchObject({});

    const { proof, sha256 } = await readProof(counsel.actor, reportId);
    expect(createHash("sha256").update(proof).digest("hex")).toBe(sha256);
    const told = JSON.parse(proof);
    expect(told).toMatchObject({
      reference: ask.reference,
      askedBy: counsel.id,
      confirmedBy: second.id,
      destroyed: { messages: { rows: before?.n } },
      left: { messages: { rows: 0 }, thread_keys: { rows: 0 } },
    });
    const [event] = await world.events("cybertip.destroyed");
    expect(event).toMatchObject({ actor_id: second.id, subject_staff_id: counsel.id });
    expect(event?.detail.proofSha256).toBe(sha256);
    expect(await readReport(counsel.actor, reportId)).toMatchObject({
      destroyedAt: expect.any(String),
      destructions: [{ state: "done", confirmedBy: { id: second.id } }],
    });
    await expect(startReport(writer.actor, found.id, { kind: "batch" })).rejects.toMatchObject({
      code: expect.stringMatching(/^(cybertip-destroyed|not-found)$/),
    });
  });

  test("what comes after a destruction can be reported, and the proof stays that of its time", async () => {
    const { found, reportId } = await filed();
    const other = await world.case();
    await askDestruction(counsel.actor, reportId, ask);
    await destroyThread(second.actor, reportId);
    const { sha256 } = await readProof(counsel.actor, reportId);
    const supplement = { kind: "supplement", supplements: reportId } as const;
    await expect(startReport(writer.actor, found.id, supplement)).rejects.toMatchObject(
      code("cybertip-destroyed"),
    );

    await world.admin`insert into sealed.messages (thread_id, id, platform_message_id, sender_id, sent_at, kind, key_id, body_ct, content_mac)
      select ${found.threadId}, gen_random_uuid(), 'later', sender_id, now(), kind, key_id, body_ct, content_mac
        from sealed.messages where thread_id = ${other.threadId} limit 1`;
    const later = await startReport(writer.actor, found.id, supplement);
    expect((await readReport(writer.actor, later.reportId)).destroyedAt).toBeNull();
    await world.admin`insert into cybertip.destructions (report_id, thread_id, state, reference, reason, asked_by, confirmed_by, ended_at,
        proof, proof_sha256, event_id)
      select report_id, thread_id, state, reference, reason, asked_by, confirmed_by, now() + interval '1 minute', '{}', sha256('{}'), event_id
        from cybertip.destructions where report_id = ${reportId} and state = 'done'`;
    expect((await readProof(counsel.actor, reportId)).sha256).toBe(sha256);
  });

  test("nobody reads, holds or destroys what is about themselves", async () => {
    const { found, reportId } = await filed();
    const involved = await world.person(["legal_counsel"]);
    await world.admin`insert into staff.platform_accounts (staff_id, platform_id, account_id)
      select ${involved.id}, platform_id, 'p-1' from triage.cases where id = ${found.id}`;
    await askDestruction(counsel.actor, reportId, ask);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    for (const act of [
      () => readReport(involved.actor, reportId),
      () => holdThread(involved.actor, reportId, { until, kind: "extension", reason: WHY }),
      () => callOffDestruction(involved.actor, reportId),
      () => destroyThread(involved.actor, reportId),
    ])
      await expect(act()).rejects.toMatchObject(code("not-found"));
    await world.admin`delete from staff.platform_accounts where staff_id = ${involved.id}`;
  });

  test("is refused while a report of the thread is open or it is held for law enforcement, and can be called off", async () => {
    const { found, reportId } = await filed();
    const { reportId: supplement } = await startReport(writer.actor, found.id, {
      kind: "supplement",
      supplements: reportId,
    });
    await expect(askDestruction(counsel.actor, reportId, ask)).rejects.toMatchObject(code("report-open"));
    await withdrawReport(writer.actor, supplement, { reason: "Nothing is to be added after all." });
    await askDestruction(counsel.actor, reportId, ask);
    await holdThread(otherCounsel.actor, reportId, {
      until: new Date(Date.now() + 86_400_000).toISOString(),
      kind: "law_enforcement",
      reason: WHY,
      reference: "Order 13/2026",
    });
    await expect(destroyThread(second.actor, reportId)).rejects.toMatchObject(
      code("held-for-law-enforcement"),
    );
    await callOffDestruction(counsel.actor, reportId);
    await expect(destroyThread(second.actor, reportId)).rejects.toMatchObject(code("no-destruction"));
    const [left] =
      await world.admin`select count(*)::int as n from sealed.messages where thread_id = ${found.threadId}`;
    expect(left?.n).toBeGreaterThan(0);
  });

  test("the database refuses a confirmation by who asked, whichever function forgets to ask", async () => {
    const { reportId } = await filed();
    await askDestruction(counsel.actor, reportId, ask);
    await expect(
      world.admin`update cybertip.destructions set state = 'done', confirmed_by = ${counsel.id}, ended_at = now(), proof = '{}',
        proof_sha256 = sha256('') where report_id = ${reportId}`,
    ).rejects.toMatchObject({ constraint_name: "another_confirms" });
  });
});

test("figures count what was filed, and the table of months says the same", async () => {
  const figures = await readFigures(counsel.actor, { format: "json" });
  const [row] = await world.admin`
    select count(*) filter (where state = 'filed')::int as filed, count(*) filter (where withdrawn_at is not null)::int as withdrawn,
           count(*)::int as started, count(*) filter (where destroyed_at is not null)::int as destroyed from cybertip.reports`;
  const sum = (key: "filed" | "withdrawn" | "started" | "textOnly") =>
    figures.months.reduce((total, month) => total + month[key], 0);
  expect([sum("filed"), sum("withdrawn"), sum("started"), figures.destroyed]).toEqual([
    row?.filed,
    row?.withdrawn,
    row?.started,
    row?.destroyed,
  ]);
  expect(figures.months).toHaveLength(12);
  expect(sum("textOnly")).toBe(row?.filed);
  expect(figures.ways).toEqual([{ way: "by_hand", filed: row?.filed }]);
  expect(figures.medianHoursToFile).toBe(0);
  const lines = figuresCsv(figures).trimEnd().split("\r\n");
  expect(lines[0]).toBe(
    "month,started,filed,filed_in_time,withdrawn,high_priority,text_only,files,files_viewed_by_us",
  );
  expect(lines).toHaveLength(13);
  const month = figures.months.at(-1);
  expect(lines.at(-1)?.split(",").slice(0, 3)).toEqual([
    month?.month,
    `${month?.started}`,
    `${month?.filed}`,
  ]);
  await expect(
    readFigures(counsel.actor, { from: "2026-02-01", until: "2026-01-01", format: "json" }),
  ).rejects.toMatchObject(code("bad-time"));
});
