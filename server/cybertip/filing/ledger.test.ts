import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { call } from "../../call.ts";
import {
  beginStep,
  closeAttempt,
  endStep,
  holdFiling,
  type Lease,
  readLedger,
  restFiling,
  takeFiling,
} from "./ledgerStore.ts";
import { makeStage, type Stage } from "./test/stage.ts";

/** What the database refuses, whoever asks: a worker that was overtaken, or one that has gone mad. */

let stage: Stage;
let reportId: string;
let lease: Lease;
beforeAll(async () => {
  stage = await makeStage();
});
afterAll(() => stage.end());
beforeEach(async () => {
  await stage.world
    .admin`update cybertip.attempts set lease_token = null, leased_until = null, next_try_at = now() + interval '1 day'
    where state = 'open'`;
  ({ reportId } = await stage.approved([Buffer.from("a file")]));
  await call(stage.specialist.actor, "cybertip.file_report", reportId, false);
  lease = await taken();
});

async function taken(ms = 60_000): Promise<Lease> {
  const found = await takeFiling("test", ms);
  if (!found) throw new Error("Nothing is to be filed.");
  expect(found.reportId).toBe(reportId);
  return found;
}
const lapse = () =>
  stage.world
    .admin`update cybertip.attempts set leased_until = now() - interval '1 second' where report_id = ${reportId} and state = 'open'`;

const sent = {
  sentSha256: "0".repeat(64),
  sentBytes: 1,
  answerSha256: "1".repeat(64),
  requestId: "r-1",
  status: 200,
};
let number = 500;
const ANSWERS = {
  submit: () => ({ reportId: String(number++) }),
  upload: () => ({ fileId: "f-1", md5: "a".repeat(32), sentMd5: "a".repeat(32) }),
  fileinfo: () => ({}),
  finish: () => ({ fileIds: ["f-1"], receipt: "<reportDoneResponse/>" }),
  retract: () => ({}),
} as const;
type Kind = keyof typeof ANSWERS;
const fileOf = (kind: Kind) => (kind === "upload" || kind === "fileinfo" ? 1 : null);

async function begun(kind: Kind, by = lease): Promise<string> {
  const step = await beginStep(by, kind, fileOf(kind));
  if (!step) throw new Error("The lease is lost.");
  return step;
}
async function done(...kinds: Kind[]): Promise<void> {
  for (const kind of kinds)
    expect(
      await endStep(await begun(kind), lease, { state: "accepted", code: 0, ...sent, ...ANSWERS[kind]() }),
    ).toBe(true);
}
const outOfOrder = { sqlstate: "UN023" };

describe("steps", () => {
  test.each<[Kind, Kind[]]>([
    ["upload", []],
    ["finish", []],
    ["retract", []],
    ["submit", ["submit"]],
    ["fileinfo", ["submit"]],
    ["finish", ["submit"]],
    ["finish", ["submit", "upload"]],
    ["finish", ["submit", "upload", "fileinfo", "retract"]],
    ["upload", ["submit", "retract"]],
  ])("no %s after %j", async (kind, before) => {
    await done(...before);
    await expect(begun(kind)).rejects.toMatchObject(outOfOrder);
  });

  test.each(["refused", "failed"])(
    "none but a retraction where one was %s and may have been done",
    async (state) => {
      await done("submit");
      await endStep(await begun("upload"), lease, { state, inDoubt: true, cause: "time-out", ...sent });
      for (const kind of ["upload", "fileinfo", "finish"] as const)
        await expect(begun(kind)).rejects.toMatchObject(outOfOrder);
      await done("retract");
    },
  );

  test("none behind a file that arrived otherwise", async () => {
    await done("submit");
    await endStep(await begun("upload"), lease, {
      state: "accepted",
      ...sent,
      ...ANSWERS.upload(),
      md5: "b".repeat(32),
    });
    for (const kind of ["fileinfo", "finish"] as const)
      await expect(begun(kind)).rejects.toMatchObject(outOfOrder);
  });

  test("one at a time", async () => {
    await begun("submit");
    await expect(begun("submit")).rejects.toMatchObject({ constraint: "steps_one_begun" });
  });

  test("an attempt that was asked to finish is over only when the service has said so", async () => {
    await done("submit", "upload", "fileinfo");
    await endStep(await begun("finish"), lease, {
      state: "failed",
      cause: "time-out",
      inDoubt: true,
      ...sent,
    });
    for (const as of ["gone", "retracted", "was-finished"] as const)
      await expect(closeAttempt(lease, as, "start", null)).rejects.toMatchObject(outOfOrder);
    await endStep(await begun("retract"), lease, { state: "refused", code: 2000, ...sent });
    await expect(closeAttempt(lease, "gone", "start", null)).rejects.toMatchObject(outOfOrder);
    await done("retract");
    await expect(closeAttempt(lease, "was-finished", "filed", null)).rejects.toMatchObject(outOfOrder);
    expect(await closeAttempt(lease, "retracted", "start", null)).toBe(true);
    expect((await stage.attempts(reportId)).map((one) => one.state)).toEqual(["retracted", "open"]);
  });

  test("one that never was may be let go", async () => {
    await done("submit", "upload");
    await expect(closeAttempt(lease, "retracted", "start", null)).rejects.toMatchObject(outOfOrder);
    expect(await closeAttempt(lease, "gone", "credentials", null)).toBe(true);
    expect(await stage.report(reportId)).toMatchObject({ state: "stuck", stuck_code: "credentials" });
  });

  test("nothing is ever sent of a report that is filed", async () => {
    await done("submit", "upload", "fileinfo", "finish");
    expect((await stage.report(reportId))?.state).toBe("filed");
    expect(await beginStep(lease, "finish", null)).toBeNull();
    await expect(
      stage.world
        .admin`insert into cybertip.attempts (report_id, n, environment, schema_version, revision, digest, state, ended_at)
        select report_id, 2, environment, schema_version, revision, digest, 'finished', now() from cybertip.attempts where report_id = ${reportId}`,
    ).rejects.toMatchObject({ constraint_name: "attempts_one_finished" });
  });
});

describe("leases", () => {
  test("one worker at a time; what the last one had begun is in doubt", async () => {
    expect(await takeFiling("another", 60_000)).toBeNull();
    await done("submit");
    await begun("upload");
    await lapse();
    const next = await taken();
    expect((await readLedger(next))?.ledger.attempts[0]?.steps.at(-1)).toMatchObject({
      kind: "upload",
      state: "failed",
      cause: "interrupted",
      inDoubt: true,
    });
    expect(await readLedger(lease)).toBeNull();
    expect(await holdFiling(lease, 1000)).toEqual({ held: false, stopAsked: false });
    expect(await beginStep(lease, "retract", null)).toBeNull();
    expect(await closeAttempt(lease, "gone", "start", null)).toBe(false);
  });

  test("whoever was overtaken writes nothing more", async () => {
    const step = await begun("submit");
    await lapse();
    await taken();
    expect(await endStep(step, lease, { state: "accepted", code: 0, ...sent, reportId: "12345" })).toBe(
      false,
    );
    expect((await stage.attempts(reportId))[0]?.ncmecReportId).toBeNull();
  });

  test("a lapsed lease that nobody took keeps what came of its call", async () => {
    const step = await begun("submit");
    await lapse();
    expect(await endStep(step, lease, { state: "accepted", code: 0, ...sent, reportId: "4711" })).toBe(true);
    expect(await beginStep(lease, "upload", 1)).toBeNull();
  });

  test("a receipt that comes late is kept all the same", async () => {
    await done("submit", "upload", "fileinfo");
    const finish = await begun("finish");
    await lapse();
    const before = lease;
    lease = await taken();
    const late = () =>
      endStep(finish, before, {
        state: "accepted",
        code: 0,
        ...sent,
        ...ANSWERS.finish(),
        receipt: "<late/>",
      });
    expect(
      await endStep(await begun("retract"), lease, {
        state: "refused",
        code: 5102,
        ...sent,
        requestId: "r-2",
      }),
    ).toBe(true);
    expect(await closeAttempt(lease, "was-finished", "filed", null)).toBe(true);
    expect(await stage.report(reportId)).toMatchObject({ state: "filed", receipt: null });
    expect(await late()).toBe(false);
    expect(await stage.report(reportId)).toMatchObject({ state: "filed", receipt: "<late/>" });
    // The first one that says something stands.
    await endStep(finish, before, {
      state: "accepted",
      code: 0,
      ...sent,
      ...ANSWERS.finish(),
      receipt: "<other/>",
    });
    expect((await stage.report(reportId))?.receipt).toBe("<late/>");
  });

  test("a rest lasts until its moment, unless a person steps in", async () => {
    const read = await readLedger(lease);
    if (!read) throw new Error("The lease is lost.");
    await restFiling(lease, new Date(Date.now() + 3_600_000), read);
    expect(await takeFiling("test", 1000)).toBeNull();
    await call(stage.second.actor, "cybertip.try_again", reportId, false);
    lease = await taken();
    // Worked out before the person asked: it does not put off what they want now.
    await restFiling(lease, new Date(Date.now() + 3_600_000), read);
    await taken();
  });
});

test("the words and numbers of a receipt go to those who may read about the report", async () => {
  await done("submit", "upload", "fileinfo", "finish");
  const { world } = stage;
  const officer = await world.person(["compliance_officer"]);
  const { receipt } = await call<{ receipt: { answer: string; steps: unknown[] } }>(
    officer.actor,
    "cybertip.read_receipt",
    reportId,
  );
  expect(receipt.answer).toBe("<reportDoneResponse/>");
  expect(receipt.steps).toHaveLength(4);
  for (const role of ["moderator", "lead", "administrator", "auditor", "specialist"] as const) {
    const { actor } = await world.person([role]);
    await expect(call(actor, "cybertip.read_receipt", reportId), role).rejects.toMatchObject({
      code: expect.stringMatching(/^(wrong-role|not-found)$/),
    });
  }
  const [event] = await world.events("cybertip.receipt_exported");
  expect(event?.outcome).toBe("denied");
});
