import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { ListEnd } from "lucide-react";
import { Button } from "./Button.tsx";

type Props = { query: UseInfiniteQueryResult; count: number; onMore: () => void };

/** Below a list that reads on as one goes down: how much of it is here, and what to do when the next page fails. */
export function ReadSoFar({ query, count, onMore }: Props) {
  const read = count.toLocaleString("en-GB");
  return (
    <div className="flex items-center gap-2 border-t border-line px-4 py-1 text-muted">
      {query.isFetchNextPageError ? (
        <>
          The next page could not be read.
          <Button small onClick={onMore}>
            Try again
          </Button>
        </>
      ) : query.hasNextPage ? (
        `${read} read; more as you go down`
      ) : (
        <>
          <ListEnd aria-hidden className="size-4" />
          {read} in all
        </>
      )}
    </div>
  );
}
