import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { call } from "../../call.ts";
import { makeStage, type Stage } from "./test/stage.ts";

/** Promise 8: worker processes killed with -9 at every call, before it, within it and behind it. */

let stage: Stage;
const children: ChildProcess[] = [];
/** Stands still until somebody else has died. */
let rescue: ChildProcess;
beforeAll(async () => {
  stage = await makeStage();
  rescue = await start();
  children.length = 0;
});
beforeEach(() => void rescue.kill("SIGSTOP"));
afterEach(async () => {
  for (const child of children.splice(0)) await ended(child, true);
});
afterAll(async () => {
  await ended(rescue, true);
  await stage.end();
});

async function start(killAt?: string): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "test/filingProcess.ts"), ...(killAt ? [killAt] : [])],
    { stdio: ["ignore", "ignore", "inherit", "ipc"], env: { ...process.env, LOG_LEVEL: "silent" } },
  );
  children.push(child);
  await once(child, "message");
  return child;
}

async function ended(child: ChildProcess, now = false): Promise<string | null> {
  if (now) child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.signalCode;
}

const file = (reportId: string) => call(stage.specialist.actor, "cybertip.file_report", reportId, false);
const isFiled = (reportId: string) =>
  expect
    .poll(async () => (await stage.report(reportId))?.state, { timeout: 20_000, interval: 30 })
    .toBe("filed");

/** However it came about: filed once, and the evidence of it is there. */
async function holdsTo(reportId: string, files = 1): Promise<void> {
  const row = await stage.report(reportId);
  const attempts = await stage.attempts(reportId);
  const numbers = new Set(attempts.map((one) => one.ncmecReportId));
  const theirs = stage.ncmec.reports().filter((one) => numbers.has(one.reportId));
  expect(theirs.filter((one) => one.state === "finished").map((one) => one.reportId)).toEqual([
    row?.ncmec_report_id,
  ]);
  expect(attempts.filter((one) => one.state === "finished")).toHaveLength(1);
  expect(attempts.at(-1)?.state).toBe("finished");
  const [receipt] = await stage.world.admin`select * from cybertip.receipts where report_id = ${reportId}`;
  expect(receipt?.ncmec_report_id).toBe(row?.ncmec_report_id);
  // Word for word, unless the process died between the service's yes and its own record of it.
  const finish = (await stage.steps(reportId)).findLast((one) => one.kind === "finish");
  if (finish?.state === "accepted") expect(receipt?.answer).toContain(row?.ncmec_report_id);
  expect(receipt?.request_id).not.toBeNull();
  const finished = theirs.find((one) => one.state === "finished");
  expect(finished?.files.every((one) => one.described)).toBe(true);
  expect(finished?.files).toHaveLength(files);
}

// Opening, a file with its details, finishing.
const CALLS = 4;
const points = ["before", "sent", "answered"].flatMap((point) =>
  Array.from({ length: CALLS }, (_, i) => `${point}:${i + 1}`),
);

describe("a worker that is killed", () => {
  test.each(points)("%s", { timeout: 60_000 }, async (killAt) => {
    const { reportId } = await stage.approved([Buffer.alloc(70_000, 3)]);
    const doomed = await start(killAt);
    await file(reportId);
    expect(await ended(doomed)).toBe("SIGKILL");
    expect((await stage.report(reportId))?.state).toBe("filing");
    rescue.kill("SIGCONT");
    await isFiled(reportId);
    await holdsTo(reportId);
  });

  test.each(["before:1", "sent:1", "answered:1", "answered:2"])(
    "in a finishing, and the next one at its %s",
    { timeout: 60_000 },
    async (killAt) => {
      const { reportId } = await stage.approved([Buffer.from("first")]);
      const doomed = await start("sent:4");
      await file(reportId);
      expect(await ended(doomed)).toBe("SIGKILL");
      const next = await start(killAt);
      await Promise.race([ended(next), isFiled(reportId)]);
      rescue.kill("SIGCONT");
      await isFiled(reportId);
      await holdsTo(reportId);
    },
  );
});

test("workers killed at moments of chance, several at once", { timeout: 120_000 }, async () => {
  const made = await Promise.all(
    Array.from({ length: 4 }, () => stage.approved([Buffer.alloc(200_000, 1), Buffer.from("x")])),
  );
  await Promise.all(made.map(({ reportId }) => file(reportId)));
  for (let round = 0; round < 4; round++) {
    const workers = await Promise.all([start(), start()]);
    await sleep(20 + Math.random() * 150);
    for (const worker of workers) await ended(worker, true);
  }
  rescue.kill("SIGCONT");
  for (const { reportId } of made) {
    await isFiled(reportId);
    await holdsTo(reportId, 2);
  }
});

test("a worker that was stopped for long and wakes up writes nothing and files nothing", {
  timeout: 60_000,
}, async () => {
  const { reportId } = await stage.approved([Buffer.from("first")]);
  const slow = await start();
  stage.ncmec.faults.add({ on: "/fileinfo", kind: "time-out", done: true, times: 1 });
  await file(reportId);
  await expect
    .poll(async () => (await stage.steps(reportId)).at(-1)?.kind, { interval: 10, timeout: 10_000 })
    .toBe("fileinfo");
  slow.kill("SIGSTOP");
  await sleep(600);
  await start();
  await isFiled(reportId);
  slow.kill("SIGCONT");
  await sleep(1_500);
  await holdsTo(reportId);
  const steps = await stage.steps(reportId);
  expect(steps.filter((one) => one.state === "begun")).toEqual([]);
});
