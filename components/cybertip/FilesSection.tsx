"use client";

import { Eye, EyeOff, Plus } from "lucide-react";
import { useState } from "react";
import type { ReportDetail, ReportFile } from "../../contracts/cybertip.ts";
import type { CyberTipDraft, DraftFile } from "../../domain/cybertip/draft.ts";
import { FILE_DETAILS } from "../../domain/cybertip/model/fileDetails.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { sizeWords } from "../view/AttachmentPointer.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { counted } from "../words.ts";
import { AttachmentViewer } from "./AttachmentViewer.tsx";
import { fileOf } from "./derivedWords.ts";
import { FilesView, useFilesView } from "./FilesView.tsx";
import { FieldGroup } from "./form/FieldGroup.tsx";
import { idOf, useForm } from "./form/FormContext.tsx";
import { Messages, TallyBadges } from "./form/Messages.tsx";

const DETAILS = {
  type: FILE_DETAILS,
  min: 1,
  many: false,
  label: "Details",
  help: "What is said of it.",
} as const;

/** What goes with the report: the thread's attachments, each with its details, and the transcript. */
export function FilesSection({ report, draft }: { report: ReportDetail; draft: CyberTipDraft }) {
  const { problems, edit, readOnly } = useForm();
  const filesView = useFilesView(report.case.id);
  const unnamed = report.files.filter(
    (file) => !draft.files.some(({ attachment }) => fileOf([file], attachment)),
  );
  const add = (file: ReportFile): void =>
    edit(["files", draft.files.length], {
      attachment: { messageId: file.messageId, revision: file.revision, ordinal: file.ordinal },
      include: true,
      details: {},
    });
  return (
    <section
      aria-labelledby="part-files"
      className="panel grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 px-4 py-3"
    >
      <div className="flex flex-wrap items-center gap-2">
        <h3 id="part-files" tabIndex={-1} className="scroll-mt-32 text-base">
          Files
        </h3>
        <TallyBadges tally={problems.below("/files")} />
        <p className="basis-full text-muted">
          {report.fileCount === 0
            ? "The thread has no attachments. A report of words alone is as good as any."
            : `${counted(report.fileCount, "attachment")} in the thread. Each is fetched from the platform when the report is filed, and compared with what was recorded when it was flagged.`}
        </p>
      </div>
      <Messages id={`${idOf("/files")}-wrong`} problems={problems.at("/files")} />
      <div id={idOf("/transcript")}>
        <label className="flex items-baseline gap-2">
          <input
            id={idOf("/transcript/include")}
            type="checkbox"
            className="size-4 shrink-0 translate-y-0.5"
            disabled={readOnly}
            checked={draft.transcript.include}
            onChange={(event) => edit(["transcript"], { include: event.target.checked })}
          />
          <span>
            Send the transcript of the whole thread as a file{" "}
            <span className="block text-[0.857rem] text-muted">
              {counted(report.messageCount, "message")}, with times in UTC and the ids of messages;
              supplemental to what is reported.
            </span>
          </span>
        </label>
        <Messages id={`${idOf("/transcript/include")}-wrong`} problems={problems.at("/transcript/include")} />
      </div>
      {report.files.length > 0 && <FilesView handle={filesView} />}
      {draft.files.map((file, i) => (
        <FileCard
          key={`${file.attachment.messageId}/${file.attachment.revision}/${file.attachment.ordinal}`}
          file={file}
          index={i}
          known={fileOf(report.files, file.attachment)}
          viewId={filesView.viewId}
          reportId={report.id}
        />
      ))}
      {!readOnly &&
        unnamed.map((file, n) => (
          <p
            key={`${file.messageId}/${file.revision}/${file.ordinal}`}
            className="flex flex-wrap items-center gap-2"
          >
            <Button small onClick={() => add(file)}>
              <Plus aria-hidden className="size-3.5" />
              Add attachment
            </Button>
            <span className="text-muted">
              {n + 1}. <HostileText text={file.mediaType} inline /> · {sizeWords(file.sizeBytes)} · not named
              in the report
            </span>
          </p>
        ))}
    </section>
  );
}

type CardProps = {
  file: DraftFile;
  index: number;
  known: ReportFile | undefined;
  viewId: string | null;
  reportId: string;
};

function FileCard({ file, index, known, viewId, reportId }: CardProps) {
  const { problems, edit, readOnly } = useForm();
  const pointer = `/files/${index}`;
  const reasonId = idOf(`${pointer}/reason`);
  const [looking, setLooking] = useState(false);
  return (
    <details id={idOf(pointer)} open className="min-w-0 rounded border border-line">
      <summary className="px-3 py-1.5">
        <span className="inline-flex flex-wrap items-center gap-2 align-middle">
          <strong>File {index + 1}</strong>
          {known && (
            <span className="text-muted">
              <HostileText text={known.mediaType} inline /> · {sizeWords(known.sizeBytes)}
            </span>
          )}
          <Badge tone={file.include ? "accent" : "plain"}>{file.include ? "Goes with it" : "Left out"}</Badge>
          <Badge tone={known && known.viewings.length > 0 ? "ok" : "plain"}>
            {known && known.viewings.length > 0 ? (
              <>
                <Eye aria-hidden className="size-3.5" />
                Viewed by us
              </>
            ) : (
              <>
                <EyeOff aria-hidden className="size-3.5" />
                Not viewed by us
              </>
            )}
          </Badge>
          <TallyBadges tally={problems.below(pointer)} />
        </span>
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t border-line px-3 py-2.5">
        <Messages
          id={`${idOf(`${pointer}/attachment`)}-wrong`}
          problems={problems.at(`${pointer}/attachment`)}
        />
        {known && <Known file={known} />}
        {known && viewId !== null && (
          <div>
            {looking ? (
              <AttachmentViewer
                viewId={viewId}
                file={known}
                reportId={reportId}
                onClose={() => setLooking(false)}
              />
            ) : (
              <Button small onClick={() => setLooking(true)}>
                <Eye aria-hidden className="size-4" />
                Fetch it, blurred and grey
              </Button>
            )}
          </div>
        )}
        <label className="flex items-baseline gap-2">
          <input
            id={idOf(`${pointer}/include`)}
            type="checkbox"
            className="size-4 shrink-0 translate-y-0.5"
            disabled={readOnly}
            checked={file.include}
            onChange={(event) => edit(["files", index, "include"], event.target.checked)}
          />
          Send this file with the report
        </label>
        {!file.include && (
          <div className="grid gap-1">
            <label htmlFor={reasonId} className="heading">
              Why it is left out
            </label>
            <input
              id={reasonId}
              className="field"
              autoComplete="off"
              maxLength={2000}
              readOnly={readOnly}
              value={file.reason ?? ""}
              onChange={(event) => edit(["files", index, "reason"], event.target.value || undefined)}
              aria-describedby={`${reasonId}-wrong`}
            />
            <Messages id={`${reasonId}-wrong`} problems={problems.at(`${pointer}/reason`)} />
            <p className="text-[0.857rem] text-muted">
              It stands in the register: say nothing of what the file shows.
            </p>
          </div>
        )}
        {file.include && (
          <FieldGroup
            type={FILE_DETAILS}
            field={DETAILS}
            path={["files", index, "details"]}
            value={file.details}
          />
        )}
      </div>
    </details>
  );
}

function Known({ file }: { file: ReportFile }) {
  const hashes = [
    ["SHA-256", file.sha256],
    ["MD5", file.md5],
    ["Perceptual", file.perceptualHash],
  ] as const;
  return (
    <div className="text-[0.857rem]">
      <dl className="font-mono leading-snug">
        {hashes.map(
          ([name, value]) =>
            value !== null && (
              <div key={name} className="flex gap-2">
                <dt className="shrink-0">{name}</dt>
                <dd className="min-w-0 break-all">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {file.viewings.map((viewing) => (
        <p key={viewing.readingId}>
          Shown whole to {viewing.by.name}, {utcWords(viewing.shownAt)}, in view {viewing.viewId}
        </p>
      ))}
    </div>
  );
}
