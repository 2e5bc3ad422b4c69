"use client";

import Link from "next/link";
import type { ReviewDetail } from "../../contracts/reviews.ts";
import type { Action, Category, Outcome, Severity, Source } from "../../domain/vocabulary.ts";
import { purposeWords, scopeWords } from "../audit/words.ts";
import { VERDICT_WORDS } from "../signals/words.ts";
import { Fact, Facts } from "../ui/Facts.tsx";
import { Section } from "../ui/Section.tsx";
import { Time } from "../ui/Time.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { HostileText } from "../view/HostileText.tsx";
import {
  ACTION_WORDS,
  CATEGORY_WORDS,
  counted,
  OUTCOME_WORDS,
  SEVERITY_WORDS,
  SOURCE_WORDS,
} from "../words.ts";
import { actWords, ReviewMarks } from "./ReviewItem.tsx";
import { VerdictForm } from "./VerdictForm.tsx";
import { KIND_WORDS } from "./words.ts";

type Props = { review: ReviewDetail; onChanged: () => Promise<unknown> };

/** What is known of an act without a word of content: enough to say whether it was the work. */
export function ReviewRecord({ review, onChanged }: Props) {
  return (
    <div>
      <Section title="What was done">
        <p className="mb-2 flex flex-wrap items-center gap-2">
          <strong>{actWords(review)}</strong>
          <ReviewMarks review={review} />
        </p>
        <Facts>
          <Fact name="Who">
            <Link href={`/audit/staff/${review.subject.id}`} prefetch={false}>
              {review.subject.name}
            </Link>
          </Fact>
          {review.at && <Fact name="When">{utcWords(review.at, true)}</Fact>}
          {review.case && (
            <Fact name="Case">
              <Link href={`/audit/cases/${review.case.id}`} prefetch={false}>
                {review.case.number === null ? "Case" : `Case ${review.case.number}`}
              </Link>
            </Fact>
          )}
          {review.purpose && <Fact name="Purpose">{purposeWords(review.purpose)}</Fact>}
          {review.scope && review.messages !== null && (
            <Fact name="Covers">
              {scopeWords(review.scope)}, {counted(review.messages, "message")}
            </Fact>
          )}
          {review.viewId && (
            <Fact name="Before">
              {review.openedBefore === 0
                ? "their only view of this case"
                : `they opened this case ${counted(review.openedBefore, "other time")}`}
            </Fact>
          )}
          {review.eventId && (
            <Fact name="Record">
              <Link href={`/audit/events/${review.eventId}`} prefetch={false}>
                The event in the log
              </Link>
            </Fact>
          )}
          {review.filters && Object.keys(review.filters).length > 0 && (
            <Fact name="Filters">
              <HostileText
                text={Object.entries(review.filters)
                  .map(([name, value]) => `${name} ${value}`)
                  .join(", ")}
              />
            </Fact>
          )}
          <Fact name="Why it is reviewed">
            {KIND_WORDS[review.kind]}
            {review.signalId && (
              <>
                {": "}
                <Link href={`/signals?signal=${review.signalId}`} prefetch={false}>
                  the signal
                </Link>
              </>
            )}
          </Fact>
          {review.state === "due" && (
            <Fact name="Due">
              <Time at={review.dueAt} both />
            </Fact>
          )}
        </Facts>
      </Section>
      {review.reason && (
        <Section title="Reason, as it was typed">
          <HostileText text={review.reason} />
        </Section>
      )}
      {review.viewId && <CaseFacts review={review} />}
      {review.state === "done" && review.verdict ? (
        <Section title="Verdict">
          <p>
            <strong>{VERDICT_WORDS[review.verdict]}</strong>
            {review.raisedId && (
              <>
                {" · "}
                <Link href={`/signals?signal=${review.raisedId}`} prefetch={false}>
                  the signal it raised
                </Link>
              </>
            )}
          </p>
          {review.note && <HostileText text={review.note} />}
          <p className="mt-1 text-muted">
            {review.reviewer?.name}, {review.reviewedAt && utcWords(review.reviewedAt)}
          </p>
        </Section>
      ) : (
        <VerdictForm reviewId={review.id} onChanged={onChanged} />
      )}
    </div>
  );
}

function CaseFacts({ review }: { review: ReviewDetail }) {
  return (
    <Section title="The case">
      <ul className="grid gap-1">
        {review.flags.map((flag) => (
          <li key={`${flag.source} ${flag.category} ${flag.receivedAt}`}>
            <span className="text-muted">{utcWords(flag.receivedAt)}</span>{" "}
            {SOURCE_WORDS[flag.source as Source]}: {CATEGORY_WORDS[flag.category as Category]},{" "}
            {SEVERITY_WORDS[flag.severity as Severity].toLowerCase()}
          </li>
        ))}
        {review.decisions.map((decision) => (
          <li key={decision.decidedAt}>
            <span className="text-muted">{utcWords(decision.decidedAt)}</span>{" "}
            {OUTCOME_WORDS[decision.outcome as Outcome]}
            {decision.action !== "none" &&
              decision.outcome !== "escalate" &&
              `, ${ACTION_WORDS[decision.action as Action].toLowerCase()}`}
            , by {decision.by.name}
            {decision.undone && " (undone)"}
          </li>
        ))}
        {review.decisions.length === 0 && <li className="text-muted">Nobody has decided this case.</li>}
      </ul>
    </Section>
  );
}
