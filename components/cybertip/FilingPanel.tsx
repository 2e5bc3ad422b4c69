"use client";

import { Download, FileDown, OctagonPause, RotateCw, Send } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { FilingAttempt, FilingStep, RegisterPage, ReportDetail } from "../../contracts/cybertip.ts";
import { isKnownCode, meaningOf } from "../../domain/cybertip/responseCodes.ts";
import { fieldError } from "../api/ApiError.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button, buttonClass } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Fact, Facts } from "../ui/Facts.tsx";
import { Failed } from "../ui/Failed.tsx";
import { NoteField } from "../ui/NoteField.tsx";
import { Section } from "../ui/Section.tsx";
import { SideScroll } from "../ui/SideScroll.tsx";
import { Time } from "../ui/Time.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { sizeWords } from "../view/AttachmentPointer.tsx";
import { fileReport, recordByHand, stopFiling, tryAgain } from "./api.ts";
import { exportReport } from "./exportReport.ts";
import { Line } from "./Line.tsx";
import { ServiceNotice } from "./ServiceNotice.tsx";
import { useReportAct } from "./useReportAct.ts";
import { ATTEMPT_WORDS, CALL_STATE_WORDS, CALL_WORDS, ENVIRONMENT_WORDS, WAY_WORDS } from "./words.ts";

type Props = { report: ReportDetail; service: RegisterPage["service"]; onChanged: () => void };

/** How a report leaves: the acts, the receipt, and every call that was made, with what came of it. */
export function FilingPanel({ report, service, onChanged }: Props) {
  const { busy, error, act } = useReportAct(onChanged);
  const [exporting, setExporting] = useState(false);
  const [recording, setRecording] = useState(false);
  const [asking, setAsking] = useState(false);
  const { may, receipt } = report;
  const open = report.state !== "filed" && report.state !== "withdrawn";
  return (
    <>
      {open && <ServiceNotice service={service} />}
      <Section title="Filing it">
        <p className="mb-2">{wordsFor(report, service)}</p>
        <div className="flex flex-wrap gap-2">
          {may.file && (
            <Button
              look="primary"
              busy={busy === "file"}
              onClick={() =>
                report.takenOut
                  ? setAsking(true)
                  : void act("file", () => fileReport(report.id, false), "It is being filed")
              }
            >
              <Send aria-hidden className="size-4" />
              File it through the service
            </Button>
          )}
          {may.tryAgain && (
            <Button
              look="primary"
              busy={busy === "again"}
              onClick={() =>
                report.takenOut && report.state === "stuck"
                  ? setAsking(true)
                  : void act("again", () => tryAgain(report.id, false), "It is tried again")
              }
            >
              <RotateCw aria-hidden className="size-4" />
              Try again
            </Button>
          )}
          {may.stop && (
            <Button
              look="danger"
              busy={busy === "stop"}
              onClick={() =>
                void act("stop", () => stopFiling(report.id), "It stops as soon as that is safe")
              }
            >
              <OctagonPause aria-hidden className="size-4" />
              Stop
            </Button>
          )}
          {may.export && (
            <Button onClick={() => setExporting(true)}>
              <FileDown aria-hidden className="size-4" />
              {report.state === "filed" ? "Export it" : "Export it for filing by hand"}
            </Button>
          )}
          {may.recordByHand && (
            <Button onClick={() => setRecording(true)}>Record that it was filed by hand</Button>
          )}
        </div>
        {error != null && (
          <div className="mt-2">
            <Failed error={error} />
          </div>
        )}
      </Section>
      {receipt && (
        <Section title="Receipt">
          <Facts>
            <Fact name="NCMEC’s number">
              <strong>{receipt.ncmecReportId}</strong>
            </Fact>
            <Fact name="Filed">{utcWords(receipt.filedAt, true)}</Fact>
            <Fact name="Where">{ENVIRONMENT_WORDS[receipt.environment]}</Fact>
            {report.way && <Fact name="How">{WAY_WORDS[report.way]}</Fact>}
            {receipt.requestId && <Fact name="Request id">{receipt.requestId}</Fact>}
            {receipt.fileIds.length > 0 && (
              <Fact name="Files taken">{receipt.fileIds.length.toLocaleString("en-GB")}</Fact>
            )}
            {receipt.answerSha256 && (
              <Fact name="SHA-256 of the answer">
                <code className="break-all">{receipt.answerSha256}</code>
              </Fact>
            )}
          </Facts>
          {may.receipt && (
            <p className="mt-2">
              <a
                href={`/api/cybertips/${report.id}/receipt`}
                download
                referrerPolicy="no-referrer"
                className={buttonClass("secondary", true)}
              >
                <Download aria-hidden className="size-4" />
                The receipt, word for word
              </a>
            </p>
          )}
        </Section>
      )}
      {[...report.attempts].reverse().map((attempt) => (
        <Attempt key={attempt.id} attempt={attempt} />
      ))}
      {report.attempts.length === 0 && (
        <Section title="Calls to the service">
          <p className="text-muted">None has been made.</p>
        </Section>
      )}
      <ExportDialog
        report={report}
        open={exporting}
        onClose={() => setExporting(false)}
        onChanged={onChanged}
      />
      <TakenOutDialog report={report} open={asking} onClose={() => setAsking(false)} onChanged={onChanged} />
      <ByHandDialog
        report={report}
        open={recording}
        onClose={() => setRecording(false)}
        onChanged={onChanged}
      />
    </>
  );
}

function wordsFor(report: ReportDetail, service: RegisterPage["service"]): string {
  switch (report.state) {
    case "draft":
      return "It is still being written. It can be filed once another specialist has approved it.";
    case "waiting":
      return "It waits for another specialist to read and approve it.";
    case "approved":
      return service.live
        ? `Revision ${report.approvedRevision} is approved. It goes to: ${ENVIRONMENT_WORDS[service.environment]}.`
        : `Revision ${report.approvedRevision} is approved. Filing through the service is off: export it, file it by hand, then record NCMEC’s number.`;
    case "filing":
      return "It is being filed, one call at a time; each is on record before it is made. You may leave this page.";
    case "filed":
      return "It is filed, once and for good. What comes to light later goes into a supplement.";
    case "stuck":
      return "It stands still until somebody acts.";
    default:
      return "It was withdrawn before it was filed.";
  }
}

function Attempt({ attempt }: { attempt: FilingAttempt }) {
  const { name, tone } = ATTEMPT_WORDS[attempt.state];
  return (
    <Section
      title={`Attempt ${attempt.n}`}
      aside={
        <span className="flex flex-wrap items-center gap-2">
          <Badge tone={tone}>{name}</Badge>
          {attempt.ncmecReportId && <span>NCMEC’s number {attempt.ncmecReportId}</span>}
        </span>
      }
    >
      <p className="mb-2 text-muted">
        {ENVIRONMENT_WORDS[attempt.environment]}, schema {attempt.schemaVersion}, revision {attempt.revision}.
        Opened {utcWords(attempt.openedAt, true)}
        {attempt.state === "open" && attempt.expiresAt && (
          <>
            . NCMEC deletes it if it is not finished: <Time at={attempt.expiresAt} both />
          </>
        )}
        {attempt.state === "open" && attempt.nextTryAt && (
          <>
            . Next try <Time at={attempt.nextTryAt} />
          </>
        )}
        .
      </p>
      <SideScroll label={`Calls of attempt ${attempt.n}`}>
        <table className="w-full text-left">
          <thead>
            <tr className="text-muted">
              {["Call", "How it went", "Sent", "Answer", "When"].map((head) => (
                <th key={head} scope="col" className="py-1 pr-4 font-normal whitespace-nowrap">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {attempt.steps.map((step) => (
              <Step key={step.id} step={step} />
            ))}
          </tbody>
        </table>
      </SideScroll>
    </Section>
  );
}

function Step({ step }: { step: FilingStep }) {
  const { name, tone } = CALL_STATE_WORDS[step.state];
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-1.5 pr-4 font-normal whitespace-nowrap">
        {CALL_WORDS[step.kind]}
        {step.fileNo !== null && `, file ${step.fileNo}`}
        {step.try > 1 && <span className="text-muted"> (try {step.try})</span>}
      </th>
      <td className="py-1.5 pr-4">
        <Badge tone={tone}>{name}</Badge>
        {step.inDoubt && (
          <span className="block text-warn">In doubt: the service may have done it all the same.</span>
        )}
        {step.cause && <span className="block text-muted">{step.cause.replaceAll("-", " ")}</span>}
      </td>
      <td className="py-1.5 pr-4">
        {step.sentBytes !== null && <span className="whitespace-nowrap">{sizeWords(step.sentBytes)}</span>}
        {step.sentSha256 && <Hash name="SHA-256" value={step.sentSha256} />}
      </td>
      <td className="py-1.5 pr-4">
        {step.code !== null && (
          <span className="block">
            {step.code}
            {step.code !== 0 &&
              (isKnownCode(step.code) ? `: ${meaningOf(step.code).says}` : ": a code nobody knows")}
          </span>
        )}
        {step.state === "refused" && step.answerSha256 && (
          <span className="block text-muted">Its words may quote the report: open it to read them.</span>
        )}
        {step.httpStatus !== null && <span className="block text-muted">HTTP {step.httpStatus}</span>}
        {step.fileId && <Hash name="File id" value={step.fileId} />}
        {step.md5 && <Hash name="MD5 received" value={step.md5} />}
        {step.requestId && <Hash name="Request id" value={step.requestId} />}
      </td>
      <td className="py-1.5 whitespace-nowrap">
        {utcWords(step.begunAt, true)}
        {step.milliseconds !== null && (
          <span className="block text-muted">{step.milliseconds.toLocaleString("en-GB")} ms</span>
        )}
      </td>
    </tr>
  );
}

function Hash({ name, value }: { name: string; value: string }) {
  return (
    <span className="block max-w-60 truncate font-mono text-[0.786rem]" title={`${name} ${value}`}>
      <span className="text-muted">{name} </span>
      {value}
    </span>
  );
}

type DialogProps = { report: ReportDetail; open: boolean; onClose: () => void; onChanged: () => void };

function ExportDialog({ report, open, onClose, onChanged }: DialogProps) {
  const { busy, error, act } = useReportAct(onChanged);
  const [reason, setReason] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await act("export", () => exportReport(report.id, reason), "The export is on your machine"))
      onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title={`Export report ${report.number} for filing by hand`}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p>
          A ZIP file with the report, the details of each file, the files, the transcript and the order of
          calls. It holds what the report says and what was sent: keep it where nobody else can read it, and
          delete it once it is filed.
        </p>
        <NoteField
          label="Reason"
          value={reason}
          onChange={setReason}
          most={2000}
          error={fieldError(error, "/reason")}
          help="Committed to the audit log before the first byte."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "export"}>
            Export
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What was exported may have been filed by hand: whoever files it here says that it was not. */
function TakenOutDialog({ report, open, onClose, onChanged }: DialogProps) {
  const { busy, error, act } = useReportAct(onChanged);
  const [sure, setSure] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const go = report.state === "stuck" ? tryAgain : fileReport;
    if (await act("sure", () => go(report.id, sure), "It is being filed")) onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title={`File report ${report.number} through the service`}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p>
          {report.takenOut && (
            <>
              {report.takenOut.by.name} exported it to be filed by hand, <Time at={report.takenOut.at} both />
              .{" "}
            </>
          )}
          If it was filed, record NCMEC’s number instead: filed here too, NCMEC would have it twice.
        </p>
        <label className="flex items-start gap-2">
          <input
            type="checkbox"
            className="mt-0.5 size-4"
            required
            checked={sure}
            onChange={(event) => setSure(event.target.checked)}
          />
          It was not filed by hand, and will not be.
        </label>
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "sure"} disabled={!sure}>
            File it through the service
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function ByHandDialog({ report, open, onClose, onChanged }: DialogProps) {
  const { busy, error, act } = useReportAct(onChanged);
  const [number, setNumber] = useState("");
  const [filedAt, setFiledAt] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = { ncmecReportId: number.trim(), filedAt: filedAt.trim() };
    if (await act("by-hand", () => recordByHand(report.id, body), "Recorded: filed by hand")) onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title="Record that it was filed by hand">
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <Line
          required
          label="NCMEC’s report number"
          value={number}
          onChange={setNumber}
          help="Digits only, as NCMEC gave it."
          error={fieldError(error, "/ncmecReportId")}
        />
        <Line
          required
          label="When it was filed"
          value={filedAt}
          onChange={setFiledAt}
          help="With time zone, such as 2026-02-28T13:45:00Z."
          error={fieldError(error, "/filedAt")}
        />
        <p className="text-muted">
          It cannot be taken back. The year for which everything is kept begins then.
        </p>
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "by-hand"}>
            Record it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
