import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { pageOf } from "../support/desk.ts";
import { target } from "../target.ts";
import { approve, file, filedNumber, handIn, openReport, startReport, writeReport } from "./acts.ts";
import { type FilingStage, makeFilingStage } from "./stage.ts";

/** Promise 8, as people at their desks see it: whoever files dies, and the report is filed, once. */

test.describe.configure({ timeout: 240_000 });
let stage: FilingStage;
const children: ChildProcess[] = [];
test.beforeAll(async () => {
  stage = await makeFilingStage();
});
test.afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await stage.end();
});

/** A worker that kills itself, as kill -9 does, at a call of its filing. */
async function doomed(killAt: string): Promise<Promise<unknown[]>[]> {
  const settings = parseEnv(readFileSync(join(target().dataDir, "demo.env"), "utf8"));
  const script = resolve(import.meta.dirname, "../../server/cybertip/filing/test/filingProcess.ts");
  const child = spawn(process.execPath, [script, killAt], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, ...settings, LOG_LEVEL: "silent" },
  });
  children.push(child);
  const exit = once(child, "exit");
  await once(child, "message");
  // In a list, since a promise alone would be waited for.
  return [exit];
}

test("a worker is killed while it files, at one call after the other", async ({ browser }) => {
  const [{ page: writer }, { page: approver }] = await Promise.all([
    pageOf(browser, stage.people.writer),
    pageOf(browser, stage.people.approver),
  ]);
  const prepared = async (): Promise<string> => {
    const { caseId } = await stage.deliver();
    const address = await startReport(writer, caseId);
    await openReport(writer);
    await writeReport(writer);
    await handIn(writer);
    await approve(approver, address);
    return address;
  };
  await file(approver, await prepared());
  const [last] = await admin()<{ by: string }[]>`
    select leased_by as by from cybertip.attempts where state = 'finished' order by ended_at desc limit 1`;
  const worker = Number(last?.by.split(" ").at(-1));

  // Opening, a transcript, finishing; every other call is tried without a browser (server/cybertip/filing/killed.test.ts).
  for (const killAt of ["sent:1", "before:3", "answered:6"]) {
    const address = await prepared();
    // The product's own worker stands still until the other one has died.
    process.kill(worker, "SIGSTOP");
    try {
      const [exit] = await doomed(killAt);
      await approver.goto(`${address}?tab=filing`);
      await approver.getByRole("button", { name: "File it through the service" }).click();
      const [, signal] = (await exit) as [number | null, string | null];
      expect(signal, killAt).toBe("SIGKILL");
    } finally {
      process.kill(worker, "SIGCONT");
    }
    const number = await filedNumber(approver);
    const { problems, report } = stage.received(number);
    expect(problems, killAt).toEqual([]);
    expect(report.state, killAt).toBe("finished");
    const [attempts] = await admin()<{ numbers: string[] }[]>`
      select array_agg(t.ncmec_report_id) as numbers from cybertip.attempts t join cybertip.reports r on r.id = t.report_id
       where r.ncmec_report_id = ${number} and t.ncmec_report_id is not null`;
    const finished = stage.ncmec
      .reports()
      .filter((one) => one.state === "finished" && attempts?.numbers.includes(one.reportId));
    expect(
      finished.map((one) => one.reportId),
      killAt,
    ).toEqual([number]);
  }
});
