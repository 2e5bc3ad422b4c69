"use client";

import { ArrowUpNarrowWide, Clock } from "lucide-react";
import type { ReviewRow } from "../../contracts/reviews.ts";
import { auditActionLabel } from "../../domain/auditActions.ts";
import { purposeWords, scopeWords } from "../audit/words.ts";
import { VERDICT_WORDS } from "../signals/words.ts";
import { Badge } from "../ui/Badge.tsx";
import { Time } from "../ui/Time.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { HostileText } from "../view/HostileText.tsx";
import { counted } from "../words.ts";
import { KIND_WORDS } from "./words.ts";

/** One act to review as a line of a list. Pressed anywhere it shows what is known of it. */
export function ReviewItem({ review, onOpen }: { review: ReviewRow; onOpen: () => void }) {
  return (
    <div className="relative border-b border-line bg-surface px-4 py-2.5 has-[.row:focus-visible]:outline-2 has-[.row:focus-visible]:-outline-offset-2 has-[.row:focus-visible]:outline-accent hover:bg-sunken">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <button
          type="button"
          onClick={onOpen}
          className="row font-semibold outline-none before:absolute before:inset-0"
        >
          {actWords(review)}: {review.subject.name}
        </button>
        <ReviewMarks review={review} />
        <span className="ml-auto inline-flex items-center gap-1 text-muted max-sm:ml-0">
          <Clock aria-hidden className="size-3.5" />
          {review.reviewedAt ? (
            <>
              reviewed <Time at={review.reviewedAt} />
            </>
          ) : (
            <>
              due <Time at={review.dueAt} />
            </>
          )}
        </span>
      </div>
      <p className="mt-0.5 text-[0.857rem] text-muted">
        {[
          review.at && utcWords(review.at),
          review.case && (review.case.number === null ? "a case" : `case ${review.case.number}`),
          review.purpose && purposeWords(review.purpose),
          review.scope && scopeWords(review.scope),
          review.messages !== null && counted(review.messages, "message"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {review.reason && <HostileText text={review.reason} inline className="max-w-full!" />}
    </div>
  );
}

/** What was done, in a word. */
export const actWords = (review: ReviewRow): string =>
  review.action === null ? "View" : auditActionLabel(review.action);

export function ReviewMarks({ review }: { review: ReviewRow }) {
  return (
    <>
      <Badge tone={review.kind === "break_glass" || review.kind === "signal" ? "warn" : "plain"}>
        {KIND_WORDS[review.kind]}
      </Badge>
      {review.level > 1 && review.state === "due" && (
        <Badge tone="danger">
          <ArrowUpNarrowWide aria-hidden className="size-3.5" />
          Late
        </Badge>
      )}
      {review.verdict && (
        <Badge tone={review.verdict === "appropriate" ? "ok" : "danger"}>
          {VERDICT_WORDS[review.verdict]}
        </Badge>
      )}
    </>
  );
}
