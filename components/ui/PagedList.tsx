"use client";

import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import { Failed } from "./Failed.tsx";
import { Waiting } from "./Waiting.tsx";

type Props = {
  query: UseInfiniteQueryResult;
  empty: boolean;
  waiting: string;
  /** What is said where the list is empty. */
  nothing: ReactNode;
  children: ReactNode;
};

/** A list that is read page by page: while it is read, when it cannot be, when nothing is in it, and the way to more. */
export function PagedList({ query, empty, waiting, nothing, children }: Props) {
  if (query.isPending) return <Waiting label={waiting} lines={8} />;
  if (empty)
    return query.isError ? (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    ) : (
      nothing
    );
  return (
    <>
      {children}
      {query.hasNextPage && (
        <p role="status" className="flex flex-wrap items-center gap-2 px-4 py-3">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
          {query.isFetchNextPageError && "The next page could not be read. Try again."}
        </p>
      )}
    </>
  );
}
