"use client";

import clsx from "clsx";
import { Check, CircleQuestionMark, Lock, X } from "lucide-react";
import Link from "next/link";
import type { RequestDto } from "../../contracts/access.ts";
import { Conversation } from "../access/Conversation.tsx";
import { RequestFigures } from "../access/RequestFigures.tsx";
import { RequestState } from "../access/RequestState.tsx";
import { minutesWords } from "../access/words.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Fact, Facts } from "../ui/Facts.tsx";
import { Severity } from "../ui/Severity.tsx";
import { Instant, Time } from "../ui/Time.tsx";
import { useNow } from "../ui/useNow.ts";
import { HostileText } from "../view/HostileText.tsx";
import { CATEGORY_WORDS, counted, PURPOSE_WORDS, REGION_WORDS, SCOPE_WORDS, SOURCE_WORDS } from "../words.ts";
import type { AnswerKind } from "./AnswerDialog.tsx";

type Props = {
  request: RequestDto;
  chosen: boolean;
  onSelect: () => void;
  onAnswer: (kind: AnswerKind) => void;
};

/** One request as an approver reads it: who asks for what and why, what they would see, and how to answer. */
export function RequestCard({ request, chosen, onSelect, onAnswer }: Props) {
  const now = useNow();
  const { by, purpose, scope, case: row } = request;
  const soon = now > 0 && Date.parse(request.expiresAt) - now < 30 * 60_000;
  return (
    <article
      data-request={request.id}
      tabIndex={chosen ? 0 : -1}
      aria-label={`${by.name} asks for case ${row.number}`}
      aria-current={chosen ? "true" : undefined}
      onFocus={onSelect}
      className={clsx(
        "panel grid gap-3 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_25rem]",
        chosen && "border-accent shadow-[inset_3px_0_0_var(--accent)]",
      )}
    >
      <div className="grid content-start gap-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-base">
            {by.name} asks: {PURPOSE_WORDS[purpose]}, {SCOPE_WORDS[scope].name.toLowerCase()}
          </h2>
          <RequestState request={request} now={now} />
        </div>
        <div className="border-l-4 border-accent pl-3">
          <p className="heading">Why</p>
          <HostileText text={request.reason} />
        </div>
        {request.approvals.map((one) => (
          <div key={one.by.id} className="border-l-4 border-line pl-3">
            <p className="text-muted">
              {one.by.name} {one.answer} <Time at={one.at} />
            </p>
            {one.note !== null && <HostileText text={one.note} />}
          </div>
        ))}
        <Conversation request={request} />
        {request.may.approve ? (
          <div className="flex flex-wrap gap-2">
            <Button
              look="primary"
              keys={chosen ? keyOf("approvalsApprove") : undefined}
              onClick={() => onAnswer("approve")}
            >
              <Check aria-hidden className="size-4" />
              Approve
            </Button>
            <Button
              look="danger"
              keys={chosen ? keyOf("approvalsDeny") : undefined}
              onClick={() => onAnswer("deny")}
            >
              <X aria-hidden className="size-4" />
              Deny
            </Button>
            <Button keys={chosen ? keyOf("approvalsAsk") : undefined} onClick={() => onAnswer("ask")}>
              <CircleQuestionMark aria-hidden className="size-4" />
              Ask back
            </Button>
          </div>
        ) : (
          <p className="text-muted">Others answer this one.</p>
        )}
      </div>
      <div className="content-start lg:border-l lg:border-line lg:pl-4">
        <Facts>
          <Fact name="Would see">
            <RequestFigures would={request.would} />
          </Fact>
          {request.participant !== null && (
            <Fact name="Whose threads">
              {request.participant.pseudonym}, {request.participant.ageBand}
              {request.participant.reporter && ", who reported"}
            </Fact>
          )}
          <Fact name="For">
            {minutesWords(request.minutes)}, {counted(request.viewLimit, "view")}
          </Fact>
          {request.ticket !== null && <Fact name="Ticket">{request.ticket}</Fact>}
          {request.reference !== null && <Fact name="Reference">{request.reference}</Fact>}
          <Fact name="Case">
            <Link href={`/cases/${row.id}`} prefetch={false} className="underline">
              Case {row.number}
            </Link>
            {!row.open && " (decided)"}
            <span className="mt-0.5 flex flex-wrap items-center gap-1.5">
              <Severity value={row.severity} />
              <Badge>{CATEGORY_WORDS[row.category]}</Badge>
              {row.restrictedSubject && (
                <Badge tone="seal">
                  <Lock aria-hidden className="size-3.5" />
                  Restricted
                </Badge>
              )}
            </span>
          </Fact>
          <Fact name="Flagged by">{row.sources.map((source) => SOURCE_WORDS[source]).join(", ")}</Fact>
          <Fact name="Queue">
            {row.queue.name} · {REGION_WORDS[row.region]}
          </Fact>
          <Fact name="Asked">
            <Time at={request.askedAt} both />
          </Fact>
          <Fact name="Lapses">
            <span className={soon ? "font-semibold text-danger" : undefined}>
              <Time at={request.expiresAt} /> (<Instant at={request.expiresAt} />)
            </span>
          </Fact>
        </Facts>
      </div>
    </article>
  );
}
