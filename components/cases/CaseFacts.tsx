"use client";

import Link from "next/link";
import type { CaseDetail } from "../../contracts/triage.ts";
import { CaseReport } from "../cybertip/CaseReport.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Fact, Facts } from "../ui/Facts.tsx";
import { FoldingSection } from "../ui/FoldingSection.tsx";
import { Time } from "../ui/Time.tsx";
import { ParticipantName } from "../view/ParticipantName.tsx";
import { AGE_BAND_WORDS, counted, OUTCOME_WORDS, REGION_WORDS, THREAD_KIND_WORDS } from "../words.ts";
import { DecisionList } from "./DecisionList.tsx";
import { FlagList } from "./FlagList.tsx";

/** Everything that is known before anything is opened. */
export function CaseFacts({ detail }: { detail: CaseDetail }) {
  const { case: row, thread, flags, previousCases, decisions } = detail;
  return (
    <>
      <FoldingSection title={counted(flags.length, "flag")}>
        <FlagList flags={flags} participants={thread.participants} />
      </FoldingSection>
      <FoldingSection title="Thread">
        <Facts>
          <Fact name="Platform">{thread.platform}</Fact>
          <Fact name="Kind">
            {THREAD_KIND_WORDS[thread.kind]}, {counted(thread.messageCount, "message")}
          </Fact>
          <Fact name="Region">{REGION_WORDS[thread.region]}</Fact>
          <Fact name="Case opened">
            <Time at={row.openedAt} both />
          </Fact>
          <Fact name="Priority">{row.priority.toLocaleString("en-GB")}</Fact>
        </Facts>
      </FoldingSection>
      <FoldingSection title={counted(thread.participants.length, "participant")}>
        <ul className="grid gap-2">
          {thread.participants.map((participant) => (
            <li key={participant.id}>
              <ParticipantName pseudonym={participant.pseudonym} outline={participant} />
              <p className="text-muted">
                {AGE_BAND_WORDS[participant.ageBand]}
                {participant.accountAgeDays !== null &&
                  ` · account ${accountAge(participant.accountAgeDays)} old`}
                {participant.country !== null && ` · ${participant.country}`}
              </p>
            </li>
          ))}
        </ul>
      </FoldingSection>
      <CaseReport detail={detail} />
      {previousCases.length > 0 && (
        <FoldingSection title="Earlier cases on this thread">
          <ul className="grid gap-1">
            {previousCases.map((earlier) => (
              <li key={earlier.id} className="flex items-center justify-between gap-2">
                <Link href={`/cases/${earlier.id}`} prefetch={false}>
                  Case {earlier.number}
                </Link>
                <span className="flex items-center gap-2 text-muted">
                  {earlier.decidedAt && <Time at={earlier.decidedAt} />}
                  <Badge>{earlier.outcome ? OUTCOME_WORDS[earlier.outcome] : "Open"}</Badge>
                </span>
              </li>
            ))}
          </ul>
        </FoldingSection>
      )}
      {decisions.length > 0 && (
        <FoldingSection title="Decisions">
          <DecisionList decisions={decisions} />
        </FoldingSection>
      )}
    </>
  );
}

function accountAge(days: number): string {
  if (days < 60) return counted(days, "day");
  if (days < 730) return counted(Math.round(days / 30.44), "month");
  return counted(Math.round(days / 365.25), "year");
}
