import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { afterRetraction } from "../../../domain/cybertip/responseCodes.ts";
import { BATCHED_REPORT_SAMPLE } from "../../../domain/cybertip/samples/batchedReport.ts";
import { REPORTED_FILE, TRANSCRIPT_FILE } from "../../../domain/cybertip/samples/fileDetails.ts";
import { INCIDENT_REPORT } from "../../../domain/cybertip/samples/incidentReport.ts";
import { compareWithModel } from "../../../domain/cybertip/schema/compareSchemas.ts";
import { serialise } from "../../../domain/cybertip/serialise.ts";
import type { Fault } from "../../../scripts/ncmec/faults.ts";
import { type RunningNcmec, startNcmec } from "../../../scripts/ncmec/startNcmec.ts";
import { finishReport } from "./finishReport.ts";
import { readSchema } from "./readSchema.ts";
import { readStatus } from "./readStatus.ts";
import { retractReport } from "./retractReport.ts";
import { sendFileDetails } from "./sendFileDetails.ts";
import { NcmecService } from "./service.ts";
import { submitReport } from "./submitReport.ts";
import { uploadFile } from "./uploadFile.ts";

const HOUR = 3_600_000;
const version = "2025-11";
const reportXml = serialise("report", INCIDENT_REPORT, version);
let folder: string;
let local: RunningNcmec;
let service: NcmecService;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ncmec-"));
  local = await startNcmec({ folder, username: "sample", password: "sample-password" });
  service = new NcmecService({
    environment: "local",
    base: local.base,
    username: "sample",
    password: "sample-password",
    patience: { connect: 2_000, idle: 400, whole: 3_000 },
  });
});
afterEach(async () => {
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function* pieces(bytes: Buffer, size = 4096) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const upload = (reportId: string, bytes: Buffer, name = "sample.bin") =>
  uploadFile(service, { reportId, fileName: name, size: bytes.length, bytes: pieces(bytes) });
async function opened(xml = reportXml): Promise<string> {
  const outcome = await submitReport(service, xml);
  if (outcome.kind !== "accepted") throw new Error(`not opened: ${outcome.kind}`);
  return outcome.answer.reportId;
}
const details = (reportId: string, fileId: string) =>
  serialise("fileDetails", { ...REPORTED_FILE, reportId, fileId }, version);

describe("a filing", () => {
  test("goes through from opening to receipt", async () => {
    const submitted = await submitReport(service, reportXml);
    expect(submitted).toMatchObject({
      kind: "accepted",
      exchange: { status: 200, sentSha256: createHash("sha256").update(reportXml).digest("hex") },
    });
    expect(submitted.exchange.requestId).toMatch(/^[0-9a-f-]{36}$/);
    const reportId = submitted.kind === "accepted" ? submitted.answer.reportId : "";
    expect(readFileSync(local.path(reportId, "report.xml"), "utf8")).toBe(reportXml);

    const bytes = randomBytes(300_001);
    const sent = await upload(reportId, bytes, 'odd "name"\r\n\u{1F600}.bin');
    expect(sent).toMatchObject({
      kind: "accepted",
      answer: { intact: true, sentBytes: 300_001, md5: createHash("md5").update(bytes).digest("hex") },
    });
    const fileId = sent.kind === "accepted" ? sent.answer.fileId : "";
    expect(readFileSync(local.path(reportId, `file-${fileId}`)).equals(bytes)).toBe(true);

    expect((await sendFileDetails(service, details(reportId, fileId))).kind).toBe("accepted");
    expect(await sendFileDetails(service, details(reportId, fileId))).toMatchObject({ kind: "refused" });
    const done = await finishReport(service, reportId);
    expect(done).toMatchObject({ kind: "accepted", answer: { reportId, fileIds: [fileId] } });
    expect(done.exchange.answer).toContain("<reportDoneResponse>");

    expect(await finishReport(service, reportId)).toMatchObject({ kind: "refused", code: 5102 });
    const again = await retractReport(service, reportId);
    expect(again).toMatchObject({ kind: "refused", code: 5102, meaning: { kind: "state" } });
    expect(again.kind === "refused" && afterRetraction(again.code)).toBe("was-finished");
    expect(local.reports().filter((one) => one.state === "finished").length).toBe(1);
  });

  test("outlives the service's process", async () => {
    const reportId = await opened();
    await local.stop();
    local = await startNcmec({ folder, username: "sample", password: "sample-password", port: local.port });
    expect((await finishReport(service, reportId)).kind).toBe("accepted");
    expect(Number(await opened())).toBeGreaterThan(Number(reportId));
  });

  test("is taken back before it is finished, once", async () => {
    const reportId = await opened();
    expect((await retractReport(service, reportId)).kind).toBe("accepted");
    expect(await retractReport(service, reportId)).toMatchObject({ kind: "refused", code: 5101 });
    expect(await upload(reportId, Buffer.from("x"))).toMatchObject({ kind: "refused", code: 5101 });
    expect(await retractReport(service, "1")).toMatchObject({ kind: "refused", code: 5001 });
  });

  test("expires 24 hours after opening or one after the last change, whichever is later", async () => {
    const idle = await opened();
    const busy = await opened();
    local.passTime(23.5 * HOUR);
    expect((await upload(busy, Buffer.from("x"))).kind).toBe("accepted");
    local.passTime(0.75 * HOUR);
    expect(await finishReport(service, idle)).toMatchObject({ kind: "refused", code: 5001 });
    expect((await upload(busy, Buffer.from("y"))).kind).toBe("accepted");
    local.passTime(HOUR + 1000);
    expect(await finishReport(service, busy)).toMatchObject({ kind: "refused", code: 5001 });
  });

  test("is refused where the service's rules are broken", async () => {
    const { reporter, ...rest } = INCIDENT_REPORT;
    const bare = serialise("report", { ...rest, reporter: { reportingPerson: {} } }, version);
    expect(await submitReport(service, bare)).toMatchObject({
      kind: "refused",
      code: 4100,
      exchange: { status: 400 },
    });
    expect(reporter).toBeDefined();
    expect(await submitReport(service, "<report>")).toMatchObject({ kind: "refused", code: 4110 });
    expect(await submitReport(service, "<other/>")).toMatchObject({ kind: "refused", code: 4100 });
    const hostile = reportXml.replace("<report>", '<!DOCTYPE report [<!ENTITY a "b">]><report>');
    expect(await submitReport(service, hostile)).toMatchObject({ kind: "refused", code: 4110 });
    const reportId = await opened();
    const unknown = details(reportId, "ffffffffffffffffffffffffffffffff");
    expect(await sendFileDetails(service, unknown)).toMatchObject({ kind: "refused", code: 5002 });
  });

  test("of a batch takes exactly one file", async () => {
    const reportId = await opened(serialise("report", BATCHED_REPORT_SAMPLE, version));
    expect(await finishReport(service, reportId)).toMatchObject({ kind: "refused", code: 4100 });
    const sent = await upload(reportId, Buffer.from("placeholder"));
    const fileId = sent.kind === "accepted" ? sent.answer.fileId : "";
    const transcript = serialise("fileDetails", { ...TRANSCRIPT_FILE, reportId, fileId }, version);
    expect(await sendFileDetails(service, transcript)).toMatchObject({ kind: "refused", code: 4100 });
    const viral = serialise("fileDetails", { reportId, fileId, fileAnnotations: { viral: true } }, version);
    expect((await sendFileDetails(service, viral)).kind).toBe("accepted");
    expect((await finishReport(service, reportId)).kind).toBe("accepted");
  });
});

describe("signing in", () => {
  test("status, schema, and wrong credentials", async () => {
    const status = await readStatus(service);
    expect(status).toMatchObject({ kind: "accepted", answer: { responseCode: 0 } });
    expect(status.kind === "accepted" && status.answer.responseDescription).toContain("Remote User : sample");
    const schema = await readSchema(service);
    expect(schema.kind === "accepted" && compareWithModel(schema.answer.xsd, version)).toMatchObject({
      fits: version,
    });
    const wrong = new NcmecService({
      environment: "local",
      base: local.base,
      username: "sample",
      password: "no",
    });
    for (const call of [readStatus, readSchema])
      expect(await call(wrong)).toMatchObject({ kind: "refused", code: 2000, meaning: { kind: "sign-in" } });
    expect(
      await uploadFile(wrong, { reportId: "1", fileName: "a", size: 1, bytes: pieces(Buffer.from("a")) }),
    ).toMatchObject({
      kind: "refused",
      code: 2000,
    });
  });

  test("credentials cannot be printed, and plain HTTP stays on this machine", () => {
    const words = `${inspect(service, { showHidden: true })} ${JSON.stringify(service)} ${service}`;
    expect(words).not.toContain("sample-password");
    expect(words).not.toContain(service.authorization().slice(6));
    const elsewhere = { username: "a", password: "b" };
    for (const base of [
      "http://example.org",
      "https://example.org",
      "file:///etc",
      "http://127.0.0.1.example.org",
      undefined,
    ])
      expect(() => new NcmecService({ environment: "local", base, ...elsewhere })).toThrow(RangeError);
    expect(new NcmecService({ environment: "production", base: local.base, ...elsewhere }).base).toBe(
      "https://report.cybertip.org/ispws",
    );
    expect(new NcmecService({ environment: "test", ...elsewhere }).base).toMatch(/^https:\/\/exttest\./);
  });
});

describe("what goes wrong", () => {
  const calls = {
    "/submit": async () => submitReport(service, reportXml),
    "/upload": async () => upload(await opened(), Buffer.from("placeholder")),
    "/finish": async () => finishReport(service, await opened()),
    "/retract": async () => retractReport(service, await opened()),
    "/status": async () => readStatus(service),
  } as const;
  const expected: [Pick<Fault, "kind" | "code">, object][] = [
    [{ kind: "time-out" }, { kind: "failed", cause: "time-out", retry: true, inDoubt: true }],
    [{ kind: "reset" }, { kind: "failed", cause: "broken-off", retry: true, inDoubt: true }],
    [{ kind: "http-500" }, { kind: "failed", cause: "server-error", retry: true, inDoubt: true }],
    [{ kind: "http-503" }, { kind: "failed", cause: "busy", retry: true }],
    [
      { kind: "code", code: 1000 },
      { kind: "failed", cause: "server-error", code: 1000, retry: true },
    ],
    [
      { kind: "code", code: 1999 },
      { kind: "failed", cause: "server-error", code: 1999, retry: true },
    ],
    [
      { kind: "code", code: 4000 },
      { kind: "refused", code: 4000 },
    ],
    [
      { kind: "code", code: 7777 },
      { kind: "refused", code: 7777, meaning: { kind: "request" } },
    ],
    [{ kind: "truncated" }, { kind: "failed", cause: "answer-unreadable", retry: true, inDoubt: true }],
    [{ kind: "broken-off" }, { kind: "failed", cause: "broken-off", retry: true, inDoubt: true }],
    [{ kind: "doctype" }, { kind: "failed", cause: "answer-hostile", retry: false, inDoubt: true }],
    [{ kind: "html" }, { kind: "failed", cause: "answer-strange", retry: false }],
    [{ kind: "empty" }, { kind: "failed", cause: "answer-unreadable", inDoubt: true }],
    [{ kind: "huge" }, { kind: "failed", cause: "answer-too-large", retry: false, inDoubt: true }],
    [{ kind: "redirect" }, { kind: "failed", cause: "redirect", retry: false, inDoubt: false }],
  ];
  for (const [fault, outcome] of expected)
    test.each(Object.keys(calls) as (keyof typeof calls)[])(
      `${fault.kind} ${fault.code ?? ""} at %s`,
      async (on) => {
        local.faults.add({ on, done: false, times: 1, ...fault });
        expect(await calls[on]()).toMatchObject(outcome);
        if (on === "/finish") expect(local.reports().some((one) => one.state === "finished")).toBe(false);
        // Once over, the same call goes through.
        expect((await calls[on]()).kind).toBe("accepted");
      },
    );

  test("a finish that was done but never answered is found by retracting, and filed once", async () => {
    for (const kind of ["time-out", "reset", "truncated", "broken-off", "http-500", "doctype"] as const) {
      const reportId = await opened();
      local.faults.add({ on: "/finish", kind, done: true, times: 1 });
      expect(await finishReport(service, reportId)).toMatchObject({ kind: "failed", inDoubt: true });
      const asked = await retractReport(service, reportId);
      expect(asked.kind === "refused" && afterRetraction(asked.code)).toBe("was-finished");
    }
    expect(local.reports().filter((one) => one.state === "finished").length).toBe(6);
  });

  test("a wrong, missing or foreign answer to an upload is seen", async () => {
    const reportId = await opened();
    const strike = (kind: Fault["kind"]) => local.faults.add({ on: "/upload", kind, done: true, times: 1 });
    strike("wrong-md5");
    expect(await upload(reportId, Buffer.from("x"))).toMatchObject({
      kind: "accepted",
      answer: { intact: false },
    });
    strike("no-md5");
    expect(await upload(reportId, Buffer.from("x"))).toMatchObject({
      kind: "accepted",
      answer: { intact: false, md5: null },
    });
    strike("other-report");
    expect(await upload(reportId, Buffer.from("x"))).toMatchObject({
      kind: "failed",
      cause: "answer-strange",
    });
    local.faults.add({ on: "/finish", kind: "other-report", done: true, times: 1 });
    expect(await finishReport(service, reportId)).toMatchObject({ kind: "failed", cause: "answer-strange" });
  });

  test("a redirect is not followed", async () => {
    let asked = 0;
    const elsewhere: Server = createServer((_, response) => {
      asked++;
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const address = elsewhere.address();
    const port = typeof address === "object" ? address?.port : 0;
    local.faults.add({
      on: "/submit",
      kind: "redirect",
      done: false,
      times: 1,
      to: `http://127.0.0.1:${port}/`,
    });
    expect(await submitReport(service, reportXml)).toMatchObject({ kind: "failed", cause: "redirect" });
    expect(asked).toBe(0);
    elsewhere.close();
  });

  test("a service that is not there is unreachable, and nothing is in doubt", async () => {
    const reportId = await opened();
    await local.stop();
    for (const call of [
      submitReport(service, reportXml),
      finishReport(service, reportId),
      readStatus(service),
    ])
      expect(await call).toMatchObject({ kind: "failed", cause: "unreachable", retry: true, inDoubt: false });
  });

  test("a file that is shorter, longer or breaks off is not taken", async () => {
    const reportId = await opened();
    const send = (size: number | null, bytes: AsyncIterable<Uint8Array>) =>
      uploadFile(service, { reportId, fileName: "a", size, bytes });
    const changed = { kind: "failed", cause: "file-changed", retry: false };
    expect(await send(10, pieces(Buffer.alloc(5)))).toMatchObject(changed);
    expect(await send(5, pieces(Buffer.alloc(10_000)))).toMatchObject(changed);
    async function* breaks() {
      yield Buffer.alloc(100);
      throw new Error("gone");
    }
    expect(await send(200, breaks())).toMatchObject(changed);
    expect(local.reports()[0]?.files).toEqual([]);
    expect(await send(null, pieces(Buffer.alloc(10_000)))).toMatchObject({ kind: "accepted" });
  });

  test("a call is cancelled", async () => {
    local.faults.add({ on: "/submit", kind: "time-out", done: false, times: 1 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    expect(await submitReport(service, reportXml, controller.signal)).toMatchObject({
      kind: "failed",
      cause: "cancelled",
      retry: true,
    });
  });

  test("200 MB stream through without being held", async () => {
    const reportId = await opened();
    const piece = Buffer.alloc(1024 * 1024, 7);
    let most = 0;
    async function* many() {
      for (let i = 0; i < 200; i++) {
        most = Math.max(most, process.memoryUsage().arrayBuffers);
        yield piece;
      }
    }
    const before = process.memoryUsage().arrayBuffers;
    const sent = await uploadFile(service, {
      reportId,
      fileName: "big.bin",
      size: 200 * piece.length,
      bytes: many(),
    });
    expect(sent).toMatchObject({ kind: "accepted", answer: { intact: true, sentBytes: 200 * piece.length } });
    expect(most - before).toBeLessThan(100 * 1024 * 1024);
    expect(existsSync(local.path(reportId, "report.xml"))).toBe(true);
  });
});
