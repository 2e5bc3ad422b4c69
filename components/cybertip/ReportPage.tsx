"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FileX2, Lock } from "lucide-react";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useCallback, useEffect, useRef, useState } from "react";
import type { RegisterPage, ReportDetail } from "../../contracts/cybertip.ts";
import type { Scope } from "../../domain/vocabulary.ts";
import { openUnderGrant } from "../access/api.ts";
import { statusOf } from "../api/ApiError.ts";
import { openView } from "../api/endpoints.ts";
import { useSignedIn } from "../shell/me.tsx";
import { maySeeQueues } from "../shell/rights.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { buttonClass } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Notice } from "../ui/Notice.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { Time } from "../ui/Time.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { type LastWords, useSealed } from "../view/useSealedView.ts";
import { readDraft, reportKeys } from "./api.ts";
import { DraftEditor } from "./DraftEditor.tsx";
import { FilingPanel } from "./FilingPanel.tsx";
import { HistoryPanel } from "./HistoryPanel.tsx";
import { KeepingPanel } from "./KeepingPanel.tsx";
import { OpenDraft } from "./OpenDraft.tsx";
import { useReport, useService } from "./queries.ts";
import { ReportMarks } from "./RegisterRow.tsx";
import { NEXT_WORDS, nameOf, stuckWords } from "./words.ts";

/** One report: how it stands, and what it says once it is opened for a reason. */
export function ReportPage({ reportId }: { reportId: string }) {
  const report = useReport(reportId);
  const service = useService();
  const { data } = report;
  useEffect(() => {
    if (data) document.title = `${nameOf(data)} · Unseal`;
  }, [data]);
  if (data && service.data) return <Report report={data} service={service.data} />;
  const error = report.error ?? service.error;
  if (!error) return <Waiting label="Reading the report" lines={12} />;
  if (statusOf(error) === 404)
    return (
      <BlankState
        page
        Icon={FileX2}
        title="There is no such report for you"
        actions={
          <Link href="/cybertips" prefetch={false} className={buttonClass()}>
            Register
          </Link>
        }
      >
        It does not exist, or it lies outside your regions and clearances.
      </BlankState>
    );
  return (
    <div className="mx-auto w-full max-w-xl p-4">
      <Failed error={error} onRetry={() => void Promise.all([report.refetch(), service.refetch()])} />
    </div>
  );
}

const TABS = ["report", "filing", "keeping", "history"] as const;
const TAB = parseAsStringLiteral(TABS);
const LABELS = {
  report: "What it says",
  filing: "Filing",
  keeping: "Keeping",
  history: "History",
} as const;

function Report({ report, service }: { report: ReportDetail; service: RegisterPage["service"] }) {
  const client = useQueryClient();
  const [asked, setTab] = useQueryState("tab", TAB.withOptions({ history: "push" }));
  const tab = asked ?? (report.may.read && report.state !== "filed" ? "report" : "filing");
  const lastWords = useRef<LastWords | null>(null);
  const read = useCallback(
    (viewId: string, signal: AbortSignal) => readDraft(report.id, viewId, signal),
    [report.id],
  );
  const { state, open, seal } = useSealed(read, (leaving) => lastWords.current?.(leaving) ?? null);
  const changed = useCallback(() => void client.invalidateQueries({ queryKey: reportKeys.all }), [client]);
  const openReport = (scope: Scope, reason: string): void => {
    const purpose = "child_safety_report" as const;
    void open({ scope, purpose, apart: true }, () => openView(report.case.id, { purpose, scope, reason }));
  };
  // A view is short, its grant runs longer: whoever goes on writing states no second reason.
  const [grantId, setGrantId] = useState<string | null>(null);
  useEffect(() => {
    if (state.phase === "open") setGrantId(state.grantId);
    else if (state.phase === "sealed" && (state.error != null || state.why === "revoked")) setGrantId(null);
  }, [state]);
  const goOn = (grant: string): void => {
    const purpose = "child_safety_report" as const;
    void open({ scope: "flagged_window", purpose, apart: true }, () => openUnderGrant(grant, null));
  };
  const me = useSignedIn();
  const stuck = stuckWords(report);
  return (
    <div className="pb-8">
      <PageHead
        title={
          <span className="inline-flex flex-wrap items-center gap-2">
            {nameOf(report)}
            <ReportMarks report={report} />
          </span>
        }
        above={
          <Link href="/cybertips" prefetch={false}>
            CyberTip reports
          </Link>
        }
      >
        {maySeeQueues(me) ? (
          <Link href={`/cases/${report.case.id}`} prefetch={false} className="underline">
            Case {report.case.number}
          </Link>
        ) : (
          `Case ${report.case.number}`
        )}{" "}
        · {report.platform} · started by {report.startedBy.name} <Time at={report.startedAt} />
        {report.supplements && (
          <>
            {" · "}adds to{" "}
            <Link href={`/cybertips/${report.supplements.id}`} prefetch={false} className="underline">
              report {report.supplements.number}
            </Link>
          </>
        )}
        {report.supplementedBy.map((one) => (
          <span key={one.id}>
            {" · "}
            <Link href={`/cybertips/${one.id}`} prefetch={false} className="underline">
              supplement {one.number}
            </Link>
          </span>
        ))}
      </PageHead>
      <div className="grid gap-2 px-4 pb-3 empty:hidden">
        {stuck ? (
          <Notice tone="danger" title={stuck.says}>
            <strong>{stuck.who === "administrator" ? "For an administrator: " : "Next: "}</strong>
            {stuck.next}
            {report.stuckFileNo !== null && ` It is about file ${report.stuckFileNo}.`}
          </Notice>
        ) : (
          report.nextStep !== "none" && (
            <Notice title={`Next: ${lowerFirst(NEXT_WORDS[report.nextStep])}`}>
              Due <Time at={report.dueAt} both />
            </Notice>
          )
        )}
      </div>
      <Tabs
        label="Report"
        tabs={TABS.map((value) => ({ value, label: LABELS[value] }))}
        value={tab}
        onChoose={(value) => void setTab(value)}
      >
        {/* Stays while another tab is looked at: it holds what is being written. */}
        <div hidden={tab !== "report"}>
          {report.destroyedAt !== null ? (
            <BlankState Icon={FileX2} title="What this report said has been destroyed">
              At the request of law enforcement, <Time at={report.destroyedAt} />. The proof is under Keeping.
            </BlankState>
          ) : !report.may.read ? (
            <BlankState Icon={Lock} title="Your role does not read what a report says">
              Specialists with the clearance write and read reports. You see how it stands.
            </BlankState>
          ) : state.phase === "open" ? (
            <DraftEditor
              key={state.viewId}
              report={report}
              service={service}
              viewId={state.viewId}
              expiresAt={state.expiresAt}
              content={state.content}
              lastWords={lastWords}
              onChanged={changed}
              onClose={() => seal("closed")}
            />
          ) : (
            <OpenDraft
              report={report}
              busy={state.phase === "opening"}
              error={state.phase === "sealed" ? state.error : null}
              why={state.phase === "sealed" ? state.why : null}
              onOpen={openReport}
              onGoOn={grantId === null ? null : () => goOn(grantId)}
            />
          )}
        </div>
        {tab === "filing" && <FilingPanel report={report} service={service} onChanged={changed} />}
        {tab === "keeping" && <KeepingPanel report={report} onChanged={changed} />}
        {tab === "history" && <HistoryPanel report={report} onChanged={changed} />}
      </Tabs>
    </div>
  );
}

const lowerFirst = (words: string): string => `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
