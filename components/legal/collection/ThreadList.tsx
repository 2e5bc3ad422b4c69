"use client";

import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import clsx from "clsx";
import type { CollectionDetail } from "../../../contracts/legal/collections.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Progress } from "../../ui/Progress.tsx";
import { ReadSoFar } from "../../ui/ReadSoFar.tsx";
import { RowGrid, type RowLook } from "../../ui/RowGrid.tsx";
import { counted } from "../../words.ts";
import type { Thread } from "./ReviewDesk.tsx";
import { threadName, WITHHELD_WORDS } from "./words.ts";

const LOOK: RowLook = {
  height: { wide: 84, narrow: 84 },
  wideFrom: "(min-width: 64rem)",
  columns: "",
  atLeast: "",
  titles: [],
  focus: "button",
};

type Props = {
  query: UseInfiniteQueryResult;
  collection: CollectionDetail;
  threads: readonly Thread[];
  selected: number;
  focusCount: number;
  onSelect: (index: number) => void;
  onMore: () => void;
};

/** Every thread that was collected, in the order of the packet: how much it holds, and what is decided about it. */
export function ThreadList({ query, collection, threads, selected, focusCount, onSelect, onMore }: Props) {
  const looked = threads.filter(({ views }) => views > 0).length;
  return (
    <section
      aria-label="Threads"
      className="flex max-h-[40dvh] flex-col border-b border-line lg:sticky lg:top-12 lg:h-[calc(100dvh-3rem)] lg:max-h-none lg:border-r lg:border-b-0"
    >
      <div className="border-b border-line px-4 py-2">
        <p id="review-progress" className="mb-1 text-muted">
          {looked.toLocaleString("en-GB")} of {counted(threads.length, "thread")} looked into
          {query.hasNextPage && `; ${collection.threads.toLocaleString("en-GB")} in all`}
        </p>
        <Progress labelledBy="review-progress" done={looked} total={threads.length} />
      </div>
      <RowGrid
        label="Threads, in the order of the packet"
        look={LOOK}
        rows={threads}
        selected={selected}
        focusCount={focusCount}
        onNearEnd={onMore}
        complete={!query.hasNextPage}
      >
        {(thread, index, chosen) => (
          <button
            type="button"
            aria-current={chosen || undefined}
            tabIndex={chosen ? 0 : -1}
            onClick={() => onSelect(index)}
            className={clsx(
              "grid h-full w-full content-center gap-0.5 border-b border-line px-4 text-left focus-visible:-outline-offset-2",
              chosen ? "bg-accent-soft" : "hover:bg-sunken",
            )}
          >
            <span className="flex min-w-0 items-center gap-1.5">
              <strong className="whitespace-nowrap">{threadName(thread)}</strong>
              <span className="truncate text-muted">{counted(thread.messages, "message")}</span>
            </span>
            <span className="truncate text-[0.93rem]">{namesOf(thread)}</span>
            <span className="flex min-w-0 items-center gap-1 overflow-hidden">
              {thread.setAside ? (
                <Badge tone="warn">Set aside: {WITHHELD_WORDS[thread.setAside.kind].toLowerCase()}</Badge>
              ) : (
                <Badge tone={thread.views > 0 ? "ok" : "seal"}>
                  {thread.views > 0 ? "Looked into" : "Sealed"}
                </Badge>
              )}
              {thread.messagesSetAside > 0 && <Badge>{thread.messagesSetAside} set aside</Badge>}
              {thread.redactions > 0 && <Badge>{thread.redactions} redacted</Badge>}
            </span>
          </button>
        )}
      </RowGrid>
      <ReadSoFar query={query} count={threads.length} onMore={onMore} />
    </section>
  );
}

function namesOf({ participants, participantsLeftOut }: Thread): string {
  const shown = participants.slice(0, 3).map(({ label }) => label);
  const more = participants.length - shown.length + participantsLeftOut;
  return `${shown.join(", ")}${more > 0 ? ` and ${more.toLocaleString("en-GB")} more` : ""}`;
}
