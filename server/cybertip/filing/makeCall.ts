import type { Json } from "../../../db/connect.ts";
import { FAILURE_CAUSES, type FailureCause } from "../../../domain/cybertip/filing/causes.ts";
import type { NextStep } from "../../../domain/cybertip/filing/nextStep.ts";
import { serialise } from "../../../domain/cybertip/serialise.ts";
import { validateFileDetails, validateReport } from "../../../domain/cybertip/validate.ts";
import { finishReport } from "../ncmec/finishReport.ts";
import type { Exchange, Outcome } from "../ncmec/outcome.ts";
import { retractReport } from "../ncmec/retractReport.ts";
import { sendFileDetails } from "../ncmec/sendFileDetails.ts";
import type { NcmecService } from "../ncmec/service.ts";
import { submitReport } from "../ncmec/submitReport.ts";
import { uploadFile } from "../ncmec/uploadFile.ts";
import { type Filing, type FilingFile, NotAssembled } from "./Filing.ts";

/** A step that calls the service. */
export type Call = Extract<NextStep, { do: "submit" | "upload" | "fileinfo" | "finish" | "retract" }>;

/** How a call ended: what the ledger keeps, and an answer that may quote what was sent, to be sealed. */
export interface Ended {
  readonly record: { readonly [name: string]: Json };
  readonly quoted: string | null;
}

/** A call that is ready: everything that can go wrong on our side, but fetching a file, has not. */
export type Ready = (service: NcmecService, signal: AbortSignal) => Promise<Ended>;

/**
 * Prepares a call, so that nothing is put on record as begun that could not have been sent.
 *
 * @param reportId the service's number; null for the submission
 * @param filing null for a retraction
 * @throws NotAssembled when what was approved cannot be sent as it is
 */
export function prepareCall(call: Call, reportId: string | null, filing: Filing | null, now: Date): Ready {
  if (call.do === "submit") {
    const xml = reportXml(needed(filing), now);
    return async (service, signal) =>
      recorded(await submitReport(service, xml, signal), (answer) => ({ reportId: answer.reportId }));
  }
  const id = needed(reportId);
  switch (call.do) {
    case "upload": {
      const file = fileOf(needed(filing), call.fileNo);
      return (service, signal) => upload(service, id, file, signal);
    }
    case "fileinfo": {
      const xml = detailsXml(needed(filing), call, id, now);
      return async (service, signal) => recorded(await sendFileDetails(service, xml, signal), () => ({}));
    }
    case "finish":
      return async (service, signal) => {
        const outcome = await finishReport(service, id, signal);
        return recorded(outcome, ({ fileIds }) => ({ fileIds, receipt: outcome.exchange.answer }));
      };
    case "retract":
      return async (service, signal) => recorded(await retractReport(service, id, signal), () => ({}));
  }
}

function reportXml({ report, version, files }: Filing, now: Date): string {
  // The last look before it leaves: time has passed since it was approved, and what was derived has come in.
  if (hasErrors(validateReport(report, { now, version }))) throw new NotAssembled(null);
  for (const file of files)
    detailsXmlOf(file, { reportId: "1", fileId: "pending" }, { report, version }, now);
  return written(null, () => serialise("report", report, version));
}

function detailsXml(
  filing: Filing,
  call: Extract<Call, { do: "fileinfo" }>,
  reportId: string,
  now: Date,
): string {
  return detailsXmlOf(fileOf(filing, call.fileNo), { reportId, fileId: call.fileId }, filing, now);
}

function detailsXmlOf(
  file: FilingFile,
  ids: { readonly reportId: string; readonly fileId: string },
  { report, version }: Pick<Filing, "report" | "version">,
  now: Date,
): string {
  const details = file.details(ids);
  const batched = report.batchedReport !== undefined;
  if (hasErrors(validateFileDetails(details, { now, version, batched }))) throw new NotAssembled(file.no);
  return written(file.no, () => serialise("fileDetails", details, version));
}

function hasErrors(problems: readonly { readonly severity: string }[]): boolean {
  return problems.some((one) => one.severity === "error");
}

function written(fileNo: number | null, write: () => string): string {
  try {
    return write();
  } catch {
    throw new NotAssembled(fileNo);
  }
}

function fileOf(filing: Filing, no: number): FilingFile {
  const file = filing.files.find((one) => one.no === no);
  if (!file) throw new NotAssembled(no);
  return file;
}

function needed<T>(value: T | null): T {
  if (value === null) throw new Error("The ledger asks for a step that it cannot ask for.");
  return value;
}

async function upload(
  service: NcmecService,
  reportId: string,
  file: FilingFile,
  signal: AbortSignal,
): Promise<Ended> {
  // The client knows only that the bytes broke off; what they broke off for is known here.
  let trouble: FailureCause | null = null;
  const bytes = (async function* () {
    try {
      yield* file.open(signal);
    } catch (error) {
      trouble = causeOf(error);
      throw error;
    }
  })();
  const { no, fileName, size } = file;
  const outcome = await uploadFile(service, { reportId, fileName, size, bytes }, signal);
  const ended = recorded(outcome, ({ fileId, md5, sentMd5 }) => ({ fileId, md5, sentMd5 }));
  if (outcome.kind !== "failed" || outcome.cause !== "file-changed" || trouble === null) return ended;
  return { ...ended, record: { ...ended.record, cause: trouble, fileNo: no } };
}

/** What ended the bytes of a file; whatever says nothing else may pass. */
function causeOf(error: unknown): FailureCause {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return FAILURE_CAUSES.find((one) => one === code) ?? "file-unreachable";
}

/** What the ledger keeps of an outcome. */
export function recorded<Answer>(
  outcome: Outcome<Answer>,
  more: (answer: Answer) => { readonly [name: string]: Json },
): Ended {
  const record = { state: outcome.kind, ...exchanged(outcome.exchange) };
  switch (outcome.kind) {
    case "accepted":
      return { record: { ...record, code: 0, ...more(outcome.answer) }, quoted: null };
    case "refused":
      return { record: { ...record, code: outcome.code }, quoted: outcome.exchange.answer };
    case "failed": {
      const { code, cause, inDoubt } = outcome;
      return { record: { ...record, code, cause, inDoubt }, quoted: outcome.exchange.answer };
    }
  }
}

function exchanged({ requestId, status, sentSha256, sentBytes, answerSha256, milliseconds }: Exchange) {
  return { requestId, status, sentSha256, sentBytes, answerSha256, milliseconds };
}
