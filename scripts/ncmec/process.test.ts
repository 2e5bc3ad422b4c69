import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { INCIDENT_REPORT } from "../../domain/cybertip/samples/incidentReport.ts";
import { serialise } from "../../domain/cybertip/serialise.ts";
import { finishReport } from "../../server/cybertip/ncmec/finishReport.ts";
import { readStatus } from "../../server/cybertip/ncmec/readStatus.ts";
import { NcmecService } from "../../server/cybertip/ncmec/service.ts";
import { submitReport } from "../../server/cybertip/ncmec/submitReport.ts";

const folder = mkdtempSync(join(tmpdir(), "ncmec-process-"));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const one of running) one.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<{ child: ChildProcess; base: string }> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "index.ts"), "--port", "0", "--folder", folder, "--control"],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  running.push(child);
  child.stdin?.end("sample-password\n");
  const [line] = await once(child.stdout ?? child, "data");
  return { child, base: JSON.parse(String(line)).base };
}

test("as a process of its own it is killed and goes on, and takes faults and time over HTTP", async () => {
  const first = await start();
  const at = (base: string) =>
    new NcmecService({ environment: "local", base, username: "demo", password: "sample-password" });
  const opened = await submitReport(at(first.base), serialise("report", INCIDENT_REPORT, "2025-11"));
  const reportId = opened.kind === "accepted" ? opened.answer.reportId : "";
  first.child.kill("SIGKILL");
  await once(first.child, "exit");

  const second = await start();
  const root = new URL(second.base).origin;
  const tell = async (path: string, value: unknown) =>
    (await fetch(`${root}/control/${path}`, { method: "POST", body: JSON.stringify(value) })).status;
  expect(await tell("faults", { on: "/status", kind: "doctype", done: true, times: 1 })).toBe(200);
  expect(await tell("faults", { on: "/status", kind: "unheard of", done: true, times: 1 })).toBe(400);
  expect(await readStatus(at(second.base))).toMatchObject({ kind: "failed", cause: "answer-hostile" });
  expect(await readStatus(at(second.base))).toMatchObject({ kind: "accepted" });
  expect((await finishReport(at(second.base), reportId)).kind).toBe("accepted");
  expect(await (await fetch(`${root}/control/reports`)).json()).toMatchObject([
    { reportId, state: "finished" },
  ]);
  const other = await submitReport(at(second.base), serialise("report", INCIDENT_REPORT, "2025-11"));
  expect(await tell("pass", 25 * 3_600_000)).toBe(200);
  const late = other.kind === "accepted" ? other.answer.reportId : "";
  expect(await finishReport(at(second.base), late)).toMatchObject({ kind: "refused", code: 5001 });
  second.child.kill("SIGTERM");
  expect((await once(second.child, "exit"))[0]).toBe(0);
}, 30_000);
