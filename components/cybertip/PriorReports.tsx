"use client";

import Link from "next/link";
import { Failed } from "../ui/Failed.tsx";
import { Time } from "../ui/Time.tsx";
import { AGE_BAND_WORDS } from "../words.ts";
import { usePriorReports } from "./queries.ts";
import { PART_WORDS, STATE_WORDS } from "./words.ts";

/** Earlier reports that name a participant of the thread, by pseudonym. */
export function PriorReports({ caseId }: { caseId: string }) {
  const { data, error, isPending, refetch } = usePriorReports(caseId, true);
  if (isPending) return <p className="text-muted">Looking for earlier reports…</p>;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  const named = data.participants.filter(({ reports }) => reports.length > 0);
  if (named.length === 0) return <p className="text-muted">No report names a participant of this thread.</p>;
  return (
    <ul className="grid gap-2">
      {named.map((participant) => (
        <li key={participant.id}>
          <p>
            <strong>{participant.pseudonym}</strong>{" "}
            <span className="text-muted">{AGE_BAND_WORDS[participant.ageBand]}</span>
          </p>
          <ul className="border-l-4 border-line pl-3">
            {participant.reports.map((report) => (
              <li key={`${report.id} ${report.part}`}>
                <Link href={`/cybertips/${report.id}`} prefetch={false} className="underline">
                  Report {report.number}
                </Link>{" "}
                <span className="text-muted">
                  · {PART_WORDS[report.part].toLowerCase()} · case {report.case.number} ·{" "}
                  {report.filedAt ? (
                    <>
                      filed <Time at={report.filedAt} />, NCMEC’s number {report.ncmecReportId}
                    </>
                  ) : (
                    STATE_WORDS[report.state].name.toLowerCase()
                  )}
                </span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
