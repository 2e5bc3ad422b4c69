import { randomBytes } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { expiresAt } from "../../domain/cybertip/expiry.ts";
import type { DocumentName } from "../../domain/cybertip/model/documents.ts";
import type { FileDetailsDraft } from "../../domain/cybertip/model/fileDetails.ts";
import type { ReportDraft } from "../../domain/cybertip/model/report.ts";
import type { SchemaVersion } from "../../domain/cybertip/model/versions.ts";
import { readDocument } from "../../domain/cybertip/readDocument.ts";
import { validateFileDetails, validateReport } from "../../domain/cybertip/validate.ts";
import { type Answer, accepted, receipt, refusal } from "./answer.ts";
import { readBody } from "./readBody.ts";
import { type ReceivedForm, readForm } from "./readForm.ts";
import type { Store, StoredReport } from "./store.ts";

export interface Surroundings {
  readonly store: Store;
  readonly folder: string;
  readonly version: SchemaVersion;
  readonly now: () => Date;
}

const MOST_XML = 64 * 1024 * 1024;

/** `POST /submit`: opens a report. */
export async function submit(
  request: IncomingMessage,
  { store, version, now }: Surroundings,
): Promise<Answer> {
  const document = await readXml("report", request, version);
  if ("status" in document) return document;
  const draft = document.value as ReportDraft;
  const refused = validateReport(draft, { now: now(), version }).find((one) => one.severity === "error");
  if (refused) return refusal(4100, `${refused.pointer}: ${refused.rule}`);
  return accepted({ reportId: store.open(document.xml, draft.batchedReport !== undefined, now()).reportId });
}

/** `POST /upload`: takes a file. */
export async function upload(request: IncomingMessage, around: Surroundings): Promise<Answer> {
  const form = await readForm(request, around.folder);
  if (!form) return refusal(4000, "No multipart form");
  const report = openReport(form, around);
  if ("status" in report || !form.file) {
    if (form.file) rmSync(form.file.path, { force: true });
    return "status" in report ? report : refusal(4000, "No file");
  }
  const fileId = randomBytes(16).toString("hex");
  const { name, md5, bytes, path } = form.file;
  renameSync(path, around.store.path(report.reportId, `file-${fileId}`));
  around.store.put({
    ...report,
    changedAt: around.now().toISOString(),
    files: [...report.files, { fileId, name, md5, bytes, described: false }],
  });
  return accepted({ reportId: report.reportId, fileId, hash: md5 });
}

/** `POST /fileinfo`: says what a file is, once. */
export async function fileInfo(request: IncomingMessage, around: Surroundings): Promise<Answer> {
  const { store, version, now } = around;
  const document = await readXml("fileDetails", request, version);
  if ("status" in document) return document;
  const details = document.value as FileDetailsDraft;
  const report = stateOf(String(details.reportId), around);
  if ("status" in report) return report;
  const file = report.files.find((one) => one.fileId === details.fileId);
  if (!file) return refusal(5002, "File does not exist");
  const refused = validateFileDetails(details, { now: now(), version, batched: report.batched }).find(
    (one) => one.severity === "error",
  );
  if (refused) return refusal(4100, `${refused.pointer}: ${refused.rule}`);
  if (file.described) return refusal(4000, "File details already received");
  writeFileSync(store.path(report.reportId, `fileDetails-${file.fileId}.xml`), document.xml);
  store.put({
    ...report,
    changedAt: now().toISOString(),
    files: report.files.map((one) => (one === file ? { ...one, described: true } : one)),
  });
  return accepted({ reportId: report.reportId, fileId: file.fileId });
}

/** `POST /finish`: files the report for good. */
export async function finish(request: IncomingMessage, around: Surroundings): Promise<Answer> {
  const form = await readForm(request, around.folder);
  if (!form) return refusal(4000, "No multipart form");
  const report = openReport(form, around);
  if ("status" in report) return report;
  if (report.batched && (report.files.length !== 1 || !report.files[0]?.described))
    return refusal(4100, "A batched report has exactly one file with its details");
  around.store.put({ ...report, state: "finished", finishedAt: around.now().toISOString() });
  return receipt({ reportId: report.reportId, files: { fileId: report.files.map((one) => one.fileId) } });
}

/** `POST /retract`: takes an unfinished report back. */
export async function retract(request: IncomingMessage, around: Surroundings): Promise<Answer> {
  const form = await readForm(request, around.folder);
  if (!form) return refusal(4000, "No multipart form");
  const report = openReport(form, around);
  if ("status" in report) return report;
  around.store.put({ ...report, state: "retracted" });
  return accepted({ reportId: report.reportId });
}

function openReport(form: ReceivedForm, around: Surroundings): StoredReport | Answer {
  const id = form.fields.get("id");
  return id === undefined ? refusal(4000, "No id") : stateOf(id, around);
}

function stateOf(reportId: string, { store, now }: Surroundings): StoredReport | Answer {
  const report = store.get(reportId);
  if (!report) return refusal(5001, "Report does not exist");
  if (report.state === "finished") return refusal(5102, "Report already finished");
  if (report.state === "retracted") return refusal(5101, "Report already retracted");
  const changed = report.changedAt === null ? null : new Date(report.changedAt);
  if (now() >= expiresAt(new Date(report.openedAt), changed)) return refusal(5001, "Report does not exist");
  return report;
}

async function readXml(
  document: DocumentName,
  request: IncomingMessage,
  version: SchemaVersion,
): Promise<{ readonly value: unknown; readonly xml: Buffer } | Answer> {
  const xml = await readBody(request, MOST_XML);
  if (!/^(?:text|application)\/xml\b/i.test(request.headers["content-type"] ?? ""))
    return refusal(4000, "Not XML");
  if (!xml) return refusal(4000, "Too long");
  const read = readDocument(document, xml, version, MOST_XML);
  if (read.kind === "other-document") return refusal(4100, read.why);
  if (read.kind !== "read") return refusal(4110, read.why);
  const [misfit] = read.misfits;
  if (misfit) return refusal(4100, `${misfit.pointer}: ${misfit.why}`);
  return { value: read.value, xml };
}
