"use client";

import { ClipboardCheck, ClipboardList } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect } from "react";
import { isId } from "../../contracts/isId.ts";
import type { ReviewsState } from "../../contracts/reviews.ts";
import { usePages } from "../api/queries.ts";
import { useDeskList } from "../shell/useDeskList.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { PagedList } from "../ui/PagedList.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { counted } from "../words.ts";
import { fetchReviews, reviewKeys } from "./api.ts";
import { nextDue } from "./nextDue.ts";
import { ReviewDialog } from "./ReviewDialog.tsx";
import { ReviewItem } from "./ReviewItem.tsx";

const STATES = ["due", "done"] as const;
const ADDRESS = { state: parseAsStringLiteral(STATES).withDefault("due"), review: parseAsString };
const CHOICES = [
  { value: "due", label: "Due" },
  { value: "done", label: "Done" },
] as const;

/** Acts to review: views that were drawn by lot or must be looked at, and officers' own searches and exports. */
export function ReviewBoard() {
  const [{ state, review }, setAddress] = useQueryStates(ADDRESS, { history: "push" });
  const query = usePages(reviewKeys.list(state), (cursor, asked) => fetchReviews(state, cursor, asked), {
    refetchInterval: 60_000,
  });
  const reviews = query.data?.pages.flatMap((page) => page.reviews) ?? [];
  const counts = query.data?.pages[0]?.counts;
  useEffect(() => {
    document.title = "Reviews · Unseal";
  }, []);
  const list = useDeskList(() => void query.refetch());
  const next = nextDue(reviews, review);
  return (
    <div className="pb-8">
      <PageHead title="Access reviews">
        {counts ? `${counted(counts.due, "review")} due, ${counts.overdue} of them late. ` : ""}
        None of your own acts is here, nor what you approved. That you open one is in the log, too.
      </PageHead>
      <div className="px-4 pb-3">
        <ChoiceChips
          legend="Which reviews"
          hideLegend
          name="state"
          choices={CHOICES}
          value={state}
          onChoose={(chosen: ReviewsState) => void setAddress({ state: chosen })}
        />
      </div>
      <PagedList
        query={query}
        empty={reviews.length === 0}
        waiting="Reading the reviews"
        nothing={<Nothing state={state} />}
      >
        <ol
          ref={list}
          aria-label={
            state === "due" ? "Reviews that are due, the first due first" : "Reviews done, newest first"
          }
          className="border-t border-line"
        >
          {reviews.map((one) => (
            <li key={one.id}>
              <ReviewItem review={one} onOpen={() => void setAddress({ review: one.id })} />
            </li>
          ))}
        </ol>
      </PagedList>
      <ReviewDialog
        reviewId={review !== null && isId(review) ? review : null}
        onClose={() => void setAddress({ review: null })}
        onNext={next && (() => void setAddress({ review: next.id }))}
      />
    </div>
  );
}

function Nothing({ state }: { state: ReviewsState }) {
  if (state === "done")
    return (
      <BlankState Icon={ClipboardCheck} title="No review has been done yet">
        Every verdict is kept here for good, with the words for it.
      </BlankState>
    );
  return (
    <BlankState Icon={ClipboardList} title="Nothing is due for review">
      Each Monday (UTC) a lot is drawn among the views of the week before, by a seed that the log gives and
      nobody chooses. Break-glass, views that a signal names and exports of the log come here at once.
    </BlankState>
  );
}
