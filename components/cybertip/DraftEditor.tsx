"use client";

import { EyeOff, MailOpen, PencilLine, Sparkles } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { DraftContent, RegisterPage, ReportDetail } from "../../contracts/cybertip.ts";
import type { SchemaVersion } from "../../domain/cybertip/model/versions.ts";
import { errorWords } from "../api/ApiError.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useCopyGuard } from "../view/useCopyGuard.ts";
import { useOutOfSight } from "../view/useOutOfSight.ts";
import type { LastWords } from "../view/useSealedView.ts";
import { ViewClock } from "../view/ViewClock.tsx";
import { Watermark } from "../view/Watermark.tsx";
import { AnswersAside } from "./AnswersAside.tsx";
import { DraftActs } from "./DraftActs.tsx";
import { derivedWords } from "./derivedWords.ts";
import { FilesSection } from "./FilesSection.tsx";
import { FormProvider } from "./form/FormContext.tsx";
import { goToField } from "./form/goToField.ts";
import { MessagesAside } from "./MessagesAside.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { ReportSections, SectionNav } from "./ReportSections.tsx";
import { SaveNote } from "./SaveNote.tsx";
import { useDraft } from "./useDraft.ts";
import { useDraftProblems } from "./useDraftProblems.ts";

type Props = {
  report: ReportDetail;
  service: RegisterPage["service"];
  viewId: string;
  expiresAt: number;
  content: DraftContent;
  lastWords: { current: LastWords | null };
  onChanged: () => void;
  onClose: () => void;
};

/** A report while it is open: its form, what is wrong with it, and what can be done with it. */
export function DraftEditor({
  report,
  service,
  viewId,
  expiresAt,
  content,
  lastWords,
  onChanged,
  onClose,
}: Props) {
  const { show } = useToasts();
  const frame = useRef<HTMLElement>(null);
  const outOfSight = useOutOfSight();
  const [changing, setChanging] = useState(false);
  // Once it is a draft again it needs no such word; handed in anew, it does.
  if (changing && report.state === "draft") setChanging(false);
  const [proposing, setProposing] = useState(false);
  const handle = useDraft({ reportId: report.id, viewId, expiresAt, content, onSaved: onChanged, lastWords });
  const { draft, edit, saved } = handle;
  const version = service.schemaVersion as SchemaVersion;
  const problems = useDraftProblems(draft, version, saved.problems);
  // What was handed in is read; whoever wants to change it says so, since that takes it back.
  const readOnly = !report.may.write || (report.state !== "draft" && !changing);
  const api = useMemo(
    () => ({ version, readOnly, problems, edit, derived: derivedWords(report.files, draft.files) }),
    [version, readOnly, problems, edit, report.files, draft.files],
  );
  useCopyGuard(frame, viewId);
  const save = (): void => void handle.save(false);
  const problemAt = useRef(-1);
  const nextProblem = (): void => {
    if (problems.all.length === 0) return;
    problemAt.current = (problemAt.current + 1) % problems.all.length;
    goToField(problems.all[problemAt.current]?.pointer ?? "");
  };
  useShortcuts({ reportSave: save, reportProblem: nextProblem, viewClose: onClose });
  const propose = async (): Promise<void> => {
    setProposing(true);
    try {
      await handle.propose();
    } catch (refusal) {
      const { title, detail } = errorWords(refusal);
      show({ id: "no-proposal", tone: "danger", title, detail });
    } finally {
      setProposing(false);
    }
  };
  const untouched = saved.revision === 0 && Object.keys(draft.report).length === 0;

  return (
    <section ref={frame} tabIndex={-1} aria-label="Open report" className="relative outline-none">
      <div className="sticky top-12 z-3 flex flex-wrap items-center gap-x-4 gap-y-1 border-y-2 border-accent bg-accent-soft px-4 py-2">
        <h2 className="flex items-center gap-1.5 text-base">
          <MailOpen aria-hidden className="size-4 text-accent" />
          Open report
        </h2>
        <SaveNote handle={handle} readOnly={readOnly} />
        <span className="ml-auto flex flex-wrap items-center gap-3">
          <ViewClock expiresAt={expiresAt} />
          {!readOnly && (
            <Button
              small
              keys={keyOf("reportSave")}
              busy={handle.phase === "saving"}
              disabled={handle.phase === "saved"}
              onClick={save}
            >
              Save
            </Button>
          )}
          <Button small keys={keyOf("viewClose")} onClick={onClose}>
            Close
          </Button>
        </span>
      </div>
      {outOfSight ? (
        <p className="flex items-center gap-2 px-4 py-10 text-muted">
          <EyeOff aria-hidden className="size-4" />
          Covered while this page is out of sight.
        </p>
      ) : (
        <FormProvider value={api}>
          <div
            data-sealed-content
            translate="no"
            className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 py-3 lg:grid-cols-[10rem_minmax(0,1fr)_20rem] 2xl:grid-cols-[11rem_minmax(0,1fr)_28rem]"
          >
            <div className="lg:sticky lg:top-28 lg:self-start">
              <SectionNav draft={draft} />
            </div>
            <div className="relative min-w-0">
              <Watermark viewId={viewId} />
              <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
                {untouched && !readOnly && (
                  <Notice
                    title="Nothing is written yet"
                    actions={
                      <Button look="primary" busy={proposing} onClick={() => void propose()}>
                        <Sparkles aria-hidden className="size-4" />
                        Fill in what is known
                      </Button>
                    }
                  >
                    Time, platform, accounts, files and an extract of the thread are taken from the case. You
                    check and complete them.
                  </Notice>
                )}
                {report.may.write && report.state !== "draft" && !changing && (
                  <Notice
                    title="It was handed in as it stands"
                    actions={
                      <Button small onClick={() => setChanging(true)}>
                        <PencilLine aria-hidden className="size-4" />
                        Change it
                      </Button>
                    }
                  >
                    Any change makes it a draft again, to be approved anew, and whoever changes it cannot
                    approve it.
                  </Notice>
                )}
                <ReportSections draft={draft} />
                <FilesSection report={report} draft={draft} />
              </div>
            </div>
            <aside
              aria-label="Problems and next steps"
              className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 self-start lg:sticky lg:top-28 lg:max-h-[calc(100dvh-8rem)] lg:overflow-auto"
            >
              <DraftActs report={report} handle={handle} problems={problems} onChanged={onChanged} />
              <section aria-labelledby="problems" className="panel px-3 py-2.5">
                <h3 id="problems" className="heading mb-1.5">
                  Problems
                </h3>
                <ProblemList problems={problems.all} />
              </section>
              <AnswersAside report={report} viewId={viewId} />
              <section aria-label="Messages" className="panel px-3 py-2.5">
                <MessagesAside viewId={viewId} />
              </section>
            </aside>
          </div>
        </FormProvider>
      )}
    </section>
  );
}
