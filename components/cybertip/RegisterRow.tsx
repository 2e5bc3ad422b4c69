"use client";

import { Clock, Siren, TriangleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReportRow } from "../../contracts/cybertip.ts";
import { Badge } from "../ui/Badge.tsx";
import { Time } from "../ui/Time.tsx";
import { counted } from "../words.ts";
import { KIND_WORDS, NEXT_WORDS, nameOf, STATE_WORDS, stuckWords } from "./words.ts";

/** One report as a line of the register. Pressed anywhere it leads to the report. */
export function RegisterRow({ report }: { report: ReportRow }) {
  const router = useRouter();
  const stuck = stuckWords(report);
  return (
    <div className="relative border-b border-line bg-surface px-4 py-2.5 hover:bg-sunken has-[.row:focus-visible]:outline-2 has-[.row:focus-visible]:-outline-offset-2 has-[.row:focus-visible]:outline-accent">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <button
          type="button"
          onClick={() => router.push(`/cybertips/${report.id}`)}
          className="row text-left font-semibold outline-none before:absolute before:inset-0"
        >
          {nameOf(report)}: case {report.case.number}
        </button>
        <ReportMarks report={report} />
        <span className="ml-auto inline-flex items-center gap-1 text-muted max-sm:ml-0">
          <Clock aria-hidden className="size-3.5" />
          {report.filedAt ? (
            <span>
              filed <Time at={report.filedAt} />
            </span>
          ) : (
            <span>
              started <Time at={report.startedAt} />
              {report.state !== "withdrawn" && (
                <>
                  , due <Time at={report.dueAt} />
                </>
              )}
            </span>
          )}
        </span>
      </div>
      {report.nextStep !== "none" && (
        <p className="mt-0.5">
          <span className="text-muted">Next: </span>
          {stuck ? stuck.next : NEXT_WORDS[report.nextStep]}
        </p>
      )}
      <p className="mt-0.5 text-[0.857rem] text-muted">
        {[
          report.platform,
          report.incidentType,
          report.savedBy && `written by ${report.savedBy.name}`,
          !report.savedBy && `started by ${report.startedBy.name}`,
          report.approvedBy && `approved by ${report.approvedBy.name}`,
          report.state === "draft" && report.errors > 0 && counted(report.errors, "error"),
          report.ncmecReportId && `NCMEC’s number ${report.ncmecReportId}`,
          report.keptUntil && `kept until ${report.keptUntil.slice(0, 10)}`,
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </div>
  );
}

/** How a report stands, in a few words. */
export function ReportMarks({ report }: { report: ReportRow }) {
  const { name, tone } = STATE_WORDS[report.state];
  return (
    <>
      <Badge tone={tone}>
        {report.state === "stuck" && <TriangleAlert aria-hidden className="size-3.5" />}
        {name}
      </Badge>
      {report.kind !== "report" && <Badge>{KIND_WORDS[report.kind]}</Badge>}
      {report.highPriority && (
        <Badge tone="warn">
          <Siren aria-hidden className="size-3.5" />
          High priority
        </Badge>
      )}
      {report.overdue && (
        <Badge tone="danger">
          <Clock aria-hidden className="size-3.5" />
          Late
        </Badge>
      )}
      {report.environment !== null && report.environment !== "production" && (
        <Badge tone="seal">{report.environment === "test" ? "Test" : "Practice"}</Badge>
      )}
    </>
  );
}
