import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { writeSchema } from "../../../domain/cybertip/schema/writeSchema.ts";
import { OFFICIAL_XSD, SchemaCheck } from "../../../domain/cybertip/test/officialSchema.ts";
import type { Fault } from "../../../scripts/ncmec/faults.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { openFiling } from "../../disclosure/openFiling.ts";
import { readAnswer } from "../../disclosure/readAnswer.ts";
import { rotateKeys } from "../../disclosure/rotateKeys.ts";
import type { Case } from "../../test/world.ts";
import { fileReport } from "../fileReport.ts";
import { openExport } from "../openExport.ts";
import { readReport } from "../readReport.ts";
import { openedFor } from "../test/drafts.ts";
import { tryAgain } from "../tryAgain.ts";
import { runFilings } from "./runFilings.ts";
import { QUICK } from "./test/pace.ts";
import { makeStage, type Stage } from "./test/stage.ts";

let stage: Stage;
let stop: AbortController;
let running: Promise<void>;

beforeAll(async () => {
  stage = await makeStage();
});
afterAll(() => stage.end());

function startWorker() {
  stop = new AbortController();
  running = runFilings({
    assemble: openFiling,
    signal: stop.signal,
    pace: QUICK,
    patience: { connect: 1_000, idle: 300, whole: 2_000 },
    leaseMs: 800,
    lookMs: 25,
    graceMs: 500,
  });
}
afterEach(async () => {
  stop.abort();
  await running;
  stage.ncmec.faults.clear();
});

const file = (reportId: string) => call(stage.specialist.actor, "cybertip.file_report", reportId, false);
async function ended(reportId: string, timeout = 8_000) {
  await expect
    .poll(async () => (await stage.report(reportId))?.state, { timeout, interval: 30 })
    .toMatch(/^(filed|stuck)$/);
  const row = await stage.report(reportId);
  if (!row) throw new Error("The report is gone.");
  return row;
}
async function filed(attachments: Parameters<Stage["approved"]>[0], ...faults: Fault[]) {
  const { reportId } = await stage.approved(attachments);
  for (const fault of faults) stage.ncmec.faults.add(fault);
  startWorker();
  await file(reportId);
  return { reportId, row: await ended(reportId) };
}
const fault = (on: string, kind: Fault["kind"], more: Partial<Fault> = {}): Fault => ({
  on,
  kind,
  done: false,
  times: 1,
  ...more,
});
const finishedAt = (id: string) =>
  stage.ncmec.reports().filter((one) => one.state === "finished" && one.reportId === id);

test("a report with files is filed, its receipt kept, its thread held for a year", async () => {
  const { reportId, row } = await filed([Buffer.from("first file"), Buffer.alloc(300_000, 7)]);
  expect(row).toMatchObject({ state: "filed", way: "live", environment: "local" });
  const [report] = finishedAt(row.ncmec_report_id);
  expect(report?.files.map((one) => [one.bytes, one.described])).toEqual([
    [10, true],
    [300_000, true],
  ]);
  expect(row.receipt).toContain(`<reportId>${row.ncmec_report_id}</reportId>`);
  const xml = readFileSync(stage.ncmec.path(row.ncmec_report_id, "report.xml"), "utf8");
  expect(xml).toContain("safety@example.org");
  using schema = new SchemaCheck(OFFICIAL_XSD ?? writeSchema("2025-11"));
  expect(schema.problemOf(xml)).toBeNull();
  const [hold] = await stage.world.admin`select * from cybertip.holds where report_id = ${reportId}`;
  expect(hold?.kind).toBe("preservation");
  const events = await stage.world
    .admin`select action from audit.events where detail ->> 'reportId' = ${reportId} order by id`;
  expect(events.map((one) => one.action)).toEqual([
    "cybertip.filing_asked",
    "cybertip.content_read",
    ...Array.from({ length: 6 }, () => "cybertip.step_ended"),
    "cybertip.receipt_kept",
    "cybertip.filed",
  ]);
});

test("a report of text alone, and one with transcripts, are filed", async () => {
  const { row } = await filed([]);
  expect(row.state).toBe("filed");
  expect(finishedAt(row.ncmec_report_id)[0]?.files).toEqual([]);
  const withTranscript = await stage.approved([Buffer.from("a file")], { transcript: true });
  await file(withTranscript.reportId);
  const done = await ended(withTranscript.reportId);
  expect(finishedAt(done.ncmec_report_id)[0]?.files.map((one) => one.described)).toEqual([true, true, true]);
});

test("two who ask at once ask once, and several workers file each report once", async () => {
  const made = await Promise.all(Array.from({ length: 6 }, () => stage.approved([Buffer.from("x")])));
  startWorker();
  const others = Array.from({ length: 2 }, () =>
    runFilings({ assemble: openFiling, signal: stop.signal, pace: QUICK, leaseMs: 800, lookMs: 10 }),
  );
  await Promise.all(made.flatMap(({ reportId }) => [file(reportId), file(reportId)]));
  const rows = await Promise.all(made.map(({ reportId }) => ended(reportId)));
  expect(rows.map((row) => row.state)).toEqual(made.map(() => "filed"));
  for (const { reportId } of made) {
    expect(await stage.attempts(reportId)).toHaveLength(1);
    expect(await stage.steps(reportId)).toHaveLength(4);
  }
  stop.abort();
  await Promise.all(others);
});

describe("what may pass is tried again by itself", () => {
  const anew: [string, Fault][] = [
    ["an opening that timed out", fault("/submit", "time-out", { done: true })],
    ["an opening whose answer broke off", fault("/submit", "broken-off", { done: true })],
    ["an opening answered with half a document", fault("/submit", "truncated", { done: true })],
    ["an opening answered by an error", fault("/submit", "http-500")],
    ["an opening answered with 1000", fault("/submit", "code", { code: 1000 })],
    ["an opening answered with a code of nobody's", fault("/submit", "code", { code: 1777 })],
    ["an upload that timed out", fault("/upload", "time-out", { done: true })],
    ["an upload whose connection was reset", fault("/upload", "reset")],
    ["an upload that arrived otherwise", fault("/upload", "wrong-md5", { done: true })],
    ["an upload of which nobody says how it arrived", fault("/upload", "no-md5", { done: true })],
    ["an upload refused with 1111", fault("/upload", "code", { code: 1111 })],
    ["details that may have arrived", fault("/fileinfo", "broken-off", { done: true })],
    ["details that timed out", fault("/fileinfo", "time-out")],
    ["a file that nobody has any more", fault("/fileinfo", "code", { code: 5002 })],
    ["a report that nobody has any more", fault("/upload", "code", { code: 5001 })],
    ["a finishing that never arrived", fault("/finish", "reset")],
    ["a finishing answered by an error", fault("/finish", "http-500")],
  ];
  test.each(anew)("%s: begun anew, filed once", async (_, one) => {
    const { reportId, row } = await filed([Buffer.from("a file")], one);
    expect(row.state).toBe("filed");
    const attempts = await stage.attempts(reportId);
    expect(attempts).toHaveLength(2);
    expect(attempts[1]?.state).toBe("finished");
    const mine = stage.ncmec
      .reports()
      .filter((report) => attempts.some((t) => t.ncmecReportId === report.reportId));
    expect(mine.filter((report) => report.state === "finished")).toHaveLength(1);
    expect(row.receipt).not.toBeNull();
  });

  test.each<[string, Fault]>([
    ["timed out", fault("/finish", "time-out", { done: true })],
    ["broke off", fault("/finish", "broken-off", { done: true })],
    ["came back in half", fault("/finish", "truncated", { done: true })],
    ["came back with a document type", fault("/finish", "doctype", { done: true })],
    ["came back about another report", fault("/finish", "other-report", { done: true })],
    ["came back far too long", fault("/finish", "huge", { done: true })],
    ["came back as an error", fault("/finish", "http-503", { done: true })],
  ])("a finishing that was done and %s: found out, never repeated", async (_, one) => {
    const { reportId, row } = await filed([Buffer.from("a file")], one);
    expect(row.state).toBe("filed");
    expect(await stage.attempts(reportId)).toEqual([
      { n: 1, state: "finished", ncmecReportId: row.ncmec_report_id },
    ]);
    expect(finishedAt(row.ncmec_report_id)).toHaveLength(1);
    const steps = await stage.steps(reportId);
    expect(steps.at(-1)).toMatchObject({ kind: "retract", state: "refused", code: 5102 });
    expect(steps.filter((step) => step.kind === "finish")).toHaveLength(1);
    const [receipt] = await stage.world.admin`select * from cybertip.receipts where report_id = ${reportId}`;
    expect(receipt).toMatchObject({ ncmec_report_id: row.ncmec_report_id, answer: null });
    expect(receipt?.file_ids).toHaveLength(1);
  });

  test("a service that is away for a while", async () => {
    const { row, reportId } = await filed([], fault("/submit", "http-503", { times: 3 }));
    expect(row.state).toBe("filed");
    expect((await stage.attempts(reportId)).length).toBeGreaterThan(1);
  });

  test("a retraction that is not answered is asked again", async () => {
    const { row } = await filed(
      [Buffer.from("a file")],
      fault("/upload", "time-out"),
      fault("/retract", "time-out", { done: true }),
      fault("/retract", "http-500"),
    );
    expect(row.state).toBe("filed");
  });

  test("a report that the service deletes after a day is begun anew", async () => {
    const { reportId } = await stage.approved([Buffer.from("a file")]);
    stage.ncmec.faults.add(fault("/upload", "time-out"));
    startWorker();
    await file(reportId);
    await expect.poll(async () => (await stage.steps(reportId)).length).toBeGreaterThan(1);
    stage.ncmec.passTime(25 * 3_600_000);
    const row = await ended(reportId);
    expect(row.state).toBe("filed");
    expect((await stage.attempts(reportId)).map((one) => one.state)).toEqual(["gone", "finished"]);
  });
});

describe("what needs a person stands still and says why", () => {
  const notFiled = async (reportId: string) => {
    const attempts = await stage.attempts(reportId);
    expect(attempts.some((one) => one.state === "finished" || one.state === "open")).toBe(false);
    for (const { ncmecReportId } of attempts) expect(finishedAt(ncmecReportId)).toEqual([]);
  };

  test.each<[string, string, Fault]>([
    ["refused", "a field", fault("/submit", "code", { code: 4100 })],
    ["refused", "details", fault("/fileinfo", "code", { code: 4100 })],
    ["refused", "a code of nobody's", fault("/finish", "code", { code: 7000 })],
    ["rights", "no right", fault("/submit", "code", { code: 3100 })],
    ["connection", "elsewhere", fault("/submit", "redirect", { to: "http://127.0.0.1:1/" })],
    ["connection", "a document type", fault("/submit", "doctype", { done: true })],
    ["connection", "a web page", fault("/upload", "html")],
    ["spoilt", "bytes that never arrive whole", fault("/upload", "wrong-md5", { done: true, times: 9 })],
  ])("%s: %s", async (code, _, one) => {
    const { reportId, row } = await filed([Buffer.from("a file")], one);
    expect(row).toMatchObject({ state: "stuck", stuck_code: code });
    await notFiled(reportId);
  });

  test.each([
    ["file-gone", "gone"],
    ["file-changed", "changed"],
    ["file-source", "redirect"],
  ] as const)("%s, and which file", async (code, trouble) => {
    const { reportId, row } = await filed([Buffer.from("a file"), trouble]);
    expect(row).toMatchObject({ state: "stuck", stuck_code: code, stuck_file_no: 2 });
    await notFiled(reportId);
    // The person has had it put right.
    for (const [path, what] of stage.files)
      if (what === trouble) stage.files.set(path, Buffer.from("Placeholder file 1."));
    await call(stage.second.actor, "cybertip.try_again", reportId, false);
    expect((await ended(reportId)).state).toBe("filed");
  });

  test("a file larger than the limit, until it is raised", async () => {
    await stage.world.admin`update cybertip.settings set most_bytes = 10`;
    const { reportId, row } = await filed([Buffer.alloc(11)]);
    expect(row).toMatchObject({ state: "stuck", stuck_code: "file-too-large", stuck_file_no: 1 });
    await notFiled(reportId);
    await stage.world.admin`update cybertip.settings set most_bytes = 1000000`;
    await call(stage.second.actor, "cybertip.try_again", reportId, false);
    expect((await ended(reportId)).state).toBe("filed");
  });

  test("a refusal's words are kept, sealed, and read under a view alone", async () => {
    const { reportId } = await filed([], fault("/submit", "code", { code: 4100 }));
    const rows = await stage.world
      .admin`select a.step_id, a.answer_ct, r.case_id from sealed.cybertip_answers a
      join cybertip.steps s on s.id = a.step_id join cybertip.attempts t on t.id = s.attempt_id
      join cybertip.reports r on r.id = t.report_id where r.id = ${reportId}`;
    expect(rows).toHaveLength(1);
    const [row] = rows;
    expect(row?.answer_ct.includes("On purpose")).toBe(false);

    const stepId = row?.step_id as string;
    const found = { id: row?.case_id as string } as Case;
    const viewId = await openedFor(stage.second, found);
    const answer = (await readAnswer(stage.second.actor, reportId, { viewId, stepId })).reveal();
    expect(answer.description).toBe("On purpose");
    expect(answer.answer).toContain("<responseCode>4100</responseCode>");
    const refusal = (actor: Actor, view: string, step: string) =>
      expect(readAnswer(actor, reportId, { viewId: view, stepId: step })).rejects;
    await refusal(stage.specialist.actor, viewId, stepId).toMatchObject({ code: "not-found" });
    await refusal(stage.second.actor, viewId, randomUUID()).toMatchObject({ code: "not-found" });
    const other = await stage.approved([]);
    const elsewhere = await openedFor(stage.second, { id: other.caseId } as Case);
    await refusal(stage.second.actor, elsewhere, stepId).toMatchObject({ code: "view-does-not-fit" });
    const [event] = await stage.world
      .admin`select * from audit.events where action = 'cybertip.answer_read' and outcome = 'done'`;
    expect(event).toMatchObject({ view_id: viewId, actor_id: stage.second.id });
  });

  test("credentials that the service does not know, until they are right", async () => {
    const { reportId } = await stage.approved([]);
    await stage.pointAt(stage.ncmec.base, "wrong-password");
    startWorker();
    await file(reportId);
    expect(await ended(reportId)).toMatchObject({ state: "stuck", stuck_code: "credentials" });
    await stage.pointAt(stage.ncmec.base);
    await call(stage.specialist.actor, "cybertip.try_again", reportId, false);
    expect((await ended(reportId)).state).toBe("filed");
  });

  test("a service that will not say what became of a report: nobody files it again", async () => {
    const { reportId, row } = await filed(
      [],
      fault("/finish", "time-out", { done: true }),
      fault("/retract", "code", { code: 4000, times: 1 }),
    );
    expect(row).toMatchObject({ state: "stuck", stuck_code: "cannot-tell" });
    expect((await stage.attempts(reportId))[0]?.state).toBe("open");
    await call(stage.specialist.actor, "cybertip.try_again", reportId, false);
    expect(await ended(reportId)).toMatchObject({ state: "filed" });
    expect(await stage.attempts(reportId)).toHaveLength(1);
  });

  test("what cannot be put together for long, for whatever reason", async () => {
    const { reportId } = await stage.approved([]);
    stop = new AbortController();
    running = runFilings({
      assemble: async () => {
        throw new Error("The key service is away.");
      },
      signal: stop.signal,
      pace: QUICK,
      lookMs: 10,
    });
    await file(reportId);
    const resting = async () =>
      (await stage.world.admin`select next_try_at from cybertip.attempts where report_id = ${reportId}`)[0]
        ?.next_try_at;
    await expect.poll(resting).not.toBeNull();
    expect((await stage.report(reportId))?.state).toBe("filing");
    await stage.world
      .admin`update cybertip.attempts set tries = 200, next_try_at = null where report_id = ${reportId}`;
    expect(await ended(reportId)).toMatchObject({ state: "stuck", stuck_code: "not-assembled" });
  });

  test("who reports is not known: nothing is opened, and it goes on once it is", async () => {
    const { reportId } = await stage.approved([]);
    await stage.world.admin`update cybertip.settings set live = false, reporter = null`;
    await stage.world.admin`update cybertip.settings set reporter = '{"reportingPerson": {}}', live = true`;
    startWorker();
    await file(reportId);
    expect(await ended(reportId)).toMatchObject({ state: "stuck", stuck_code: "not-assembled" });
    expect(await stage.steps(reportId)).toEqual([]);
    await stage.pointAt(stage.ncmec.base);
    await call(stage.specialist.actor, "cybertip.try_again", reportId, false);
    expect((await ended(reportId)).state).toBe("filed");
  });

  test("what NCMEC said of it, recorded by the operator", async () => {
    const silent = [fault("/finish", "time-out"), fault("/retract", "code", { code: 4000 })];
    const first = await filed([], ...silent);
    await stage.world
      .admin`select cybertip.settle_attempt(${first.row.number}, false, 'NCMEC says it is not there.')`;
    expect(await stage.report(first.reportId)).toMatchObject({ state: "stuck", stuck_code: "stopped" });
    await call(stage.specialist.actor, "cybertip.try_again", first.reportId, false);
    expect((await ended(first.reportId)).state).toBe("filed");
    stop.abort();
    await running;
    const second = await filed([], ...silent);
    await stage.world
      .admin`select cybertip.settle_attempt(${second.row.number}, true, 'NCMEC says it is there.')`;
    expect(await stage.report(second.reportId)).toMatchObject({ state: "filed", receipt: null });
  });

  test("a person stops it: it is taken back, and waits", async () => {
    const { reportId } = await stage.approved([Buffer.from("a file")]);
    stage.ncmec.faults.add(fault("/upload", "http-503", { times: 50 }));
    startWorker();
    await file(reportId);
    await expect.poll(async () => (await stage.steps(reportId)).length, { interval: 5 }).toBeGreaterThan(1);
    await call(stage.second.actor, "cybertip.stop_filing", reportId);
    const row = await ended(reportId);
    expect(row).toMatchObject({ state: "stuck", stuck_code: "stopped" });
    await notFiled(reportId);
    stage.ncmec.faults.clear();
    await call(stage.second.actor, "cybertip.try_again", reportId, false);
    expect((await ended(reportId)).state).toBe("filed");
  });
});

test("a large upload is broken off when somebody asks to stop, and taken back however long that takes", async () => {
  const { reportId } = await stage.approved([Buffer.alloc(1000)]);
  stage.ncmec.faults.add(fault("/retract", "time-out", { times: 2 }));
  for (const path of stage.files.keys()) stage.files.set(path, "never ends");
  startWorker();
  await file(reportId);
  await expect
    .poll(async () => (await stage.steps(reportId)).at(-1), { interval: 10 })
    .toMatchObject({ kind: "upload", state: "begun" });
  await call(stage.second.actor, "cybertip.stop_filing", reportId);
  expect(await ended(reportId)).toMatchObject({ state: "stuck", stuck_code: "stopped" });
  const steps = await stage.steps(reportId);
  expect(steps.map((one) => [one.kind, one.cause ?? one.state])).toEqual([
    ["submit", "accepted"],
    ["upload", "cancelled"],
    ["retract", "time-out"],
    ["retract", "time-out"],
    ["retract", "accepted"],
  ]);
});

test("a worker that is told to stop ends its call, and the next one goes on where it was", async () => {
  const { reportId } = await stage.approved([Buffer.from("first"), Buffer.from("second")]);
  stop = new AbortController();
  running = runFilings({
    assemble: async (lease) => {
      const { report, version, files } = await openFiling(lease);
      const stopping = files.map((one) => ({
        ...one,
        open: (signal?: AbortSignal) => {
          if (one.no === 1) stop.abort();
          return one.open(signal);
        },
      }));
      return { report, version, files: stopping };
    },
    signal: stop.signal,
    pace: QUICK,
    lookMs: 10,
  });
  await file(reportId);
  await running;
  expect((await stage.steps(reportId)).map((one) => [one.kind, one.state])).toEqual([
    ["submit", "accepted"],
    ["upload", "accepted"],
  ]);
  startWorker();
  expect((await ended(reportId)).state).toBe("filed");
  expect(await stage.attempts(reportId)).toHaveLength(1);
  expect((await stage.steps(reportId)).map((one) => [one.kind, one.fileNo])).toEqual([
    ["submit", null],
    ["upload", 1],
    ["fileinfo", 1],
    ["upload", 2],
    ["fileinfo", 2],
    ["finish", null],
  ]);
});

test("switched off, nothing leaves and nobody is told otherwise", async () => {
  const { reportId } = await stage.approved([]);
  await stage.world.admin`select cybertip.set_live(false)`;
  startWorker();
  await expect(file(reportId)).rejects.toMatchObject({ code: "filing-not-live" });
  expect(await stage.report(reportId)).toMatchObject({ state: "approved" });
  await stage.world.admin`select cybertip.set_live(true)`;
});

test("a rotation of keys takes the password along", async () => {
  const { reportId } = await stage.approved([]);
  const rotation = await rotateKeys({ dropOld: true });
  expect(rotation).toMatchObject({ damaged: [] });
  startWorker();
  await file(reportId);
  expect((await ended(reportId)).state).toBe("filed");
});

test("who may ask, and when", async () => {
  startWorker();
  const { world } = stage;
  const { reportId } = await stage.approved([]);
  for (const [roles, options, code] of [
    [["specialist"], {}, "not-found"],
    [["moderator"], {}, "wrong-role"],
    [["lead"], {}, "wrong-role"],
    [["administrator"], {}, "wrong-role"],
    [["compliance_officer"], {}, "wrong-role"],
    [["legal_counsel"], {}, "wrong-role"],
    [["auditor"], {}, "wrong-role"],
    [["specialist"], { clearances: ["child_safety"], regions: ["us"] }, "not-found"],
  ] as const) {
    const { actor } = await world.person([...roles], options as Parameters<typeof world.person>[1]);
    for (const [verb, ...sure] of [
      ["cybertip.file_report", true],
      ["cybertip.try_again", true],
      ["cybertip.stop_filing"],
    ] as const)
      await expect(call(actor, verb, reportId, ...sure), `${roles[0]} ${verb}`).rejects.toMatchObject({
        code,
      });
  }
  await expect(call(stage.specialist.actor, "cybertip.try_again", reportId, false)).rejects.toMatchObject({
    code: "not-stuck",
  });
  await expect(call(stage.specialist.actor, "cybertip.stop_filing", reportId)).rejects.toMatchObject({
    code: "not-filing",
  });
  await file(reportId);
  await ended(reportId);
  expect(await file(reportId)).toMatchObject({ state: "filed" });
  await expect(call(stage.specialist.actor, "cybertip.try_again", reportId, false)).rejects.toMatchObject({
    code: "already-filed",
  });
  const draft = await stage.approved([]);
  await world.admin`update cybertip.reports set state = 'draft', approved_revision = null, approved_digest = null, approved_by = null,
    approved_at = null where id = ${draft.reportId}`;
  await expect(file(draft.reportId)).rejects.toMatchObject({ code: "cybertip-not-approved" });
});

test("what was taken out to be filed by hand is not filed here as well, unless somebody says that it was not", async () => {
  startWorker();
  const { reportId } = await stage.approved([]);
  const reason = "The service is slow today, so it is filed by hand.";
  await openExport(stage.specialist.actor, reportId, reason);
  const { takenOut } = await readReport(stage.second.actor, reportId);
  expect(takenOut?.by.id).toBe(stage.specialist.id);
  await expect(file(reportId)).rejects.toMatchObject({ code: "export-outstanding" });
  expect(await stage.report(reportId)).toMatchObject({ state: "approved" });

  expect(await fileReport(stage.second.actor, reportId, { notFiledByHand: true })).toMatchObject({
    state: "filing",
  });
  expect(await ended(reportId)).toMatchObject({ state: "filed", way: "live" });
  const [asked] = await stage.world.events("cybertip.filing_asked");
  expect(asked).toMatchObject({
    outcome: "done",
    actor_id: stage.second.id,
    detail: { exportNotFiled: true },
  });
  expect((await readReport(stage.second.actor, reportId)).takenOut).toBeNull();
});

test("what stood still and was taken out since is not tried again here, unless somebody says that it was not filed", async () => {
  const { reportId } = await filed([], { on: "/submit", kind: "code", done: false, times: 1, code: 4100 });
  expect(await stage.report(reportId)).toMatchObject({ state: "stuck" });
  stage.ncmec.faults.clear();
  await openExport(stage.specialist.actor, reportId, "It was refused, so it is filed by hand.");
  await expect(tryAgain(stage.second.actor, reportId, { notFiledByHand: false })).rejects.toMatchObject({
    code: "export-outstanding",
  });
  await tryAgain(stage.second.actor, reportId, { notFiledByHand: true });
  expect(await ended(reportId)).toMatchObject({ state: "filed" });
});
