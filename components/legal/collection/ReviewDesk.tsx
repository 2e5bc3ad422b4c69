"use client";

import { Files, Lock } from "lucide-react";
import { useEffect, useMemo } from "react";
import type { CollectedThreads, CollectionDetail } from "../../../contracts/legal/collections.ts";
import { useShortcuts } from "../../shell/useShortcuts.ts";
import { BlankState } from "../../ui/BlankState.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { useRowSelection } from "../../ui/useRowSelection.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { useThreads } from "./queries.ts";
import { ThreadList } from "./ThreadList.tsx";
import { ThreadReview } from "./ThreadReview.tsx";

export type Thread = CollectedThreads["threads"][number];
type Props = { collection: CollectionDetail; onChanged: () => void };

/** The threads of a collection beside the one that is being reviewed. */
export function ReviewDesk({ collection, onChanged }: Props) {
  const query = useThreads(collection.id);
  const threads = useMemo(() => query.data?.pages.flatMap((page) => page.threads) ?? [], [query.data]);
  const { at, current, select, move, focusCount } = useRowSelection(threads);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const onMore = useMemo(
    () => () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    [hasNextPage, isFetchingNextPage, fetchNextPage],
  );
  useShortcuts({ reviewThreadDown: () => move(1), reviewThreadUp: () => move(-1) });
  useEffect(() => {
    if (at >= threads.length - 5) onMore();
  }, [at, threads.length, onMore]);

  if (!collection.rights.review)
    return (
      <BlankState Icon={Lock} title="You do not review what was collected">
        Legal counsel do, inside the request’s scope. You see how it was collected and what was decided.
      </BlankState>
    );
  if (query.isPending) return <Waiting label="Reading the threads" lines={8} />;
  if (query.isError && threads.length === 0)
    return (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  if (!current)
    return (
      <BlankState Icon={Files} title="No thread lies within what is asked for">
        {collection.categories.includes("subscriber")
          ? "Account records alone are collected. They are drawn up when the packet is built."
          : "Handed in like this, the packet says that there are no records."}
      </BlankState>
    );
  return (
    <div className="grid gap-x-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <ThreadList
        query={query}
        collection={collection}
        threads={threads}
        selected={at}
        focusCount={focusCount}
        onSelect={select}
        onMore={onMore}
      />
      <ThreadReview key={current.id} collection={collection} thread={current} onChanged={onChanged} />
    </div>
  );
}
