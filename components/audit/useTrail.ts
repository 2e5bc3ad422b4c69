"use client";

import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AuditPage } from "../../contracts/audit.ts";
import { LOOK } from "../api/queries.ts";

/** A trail, read page by page: everything but the events comes with the first page. */
export function useTrail<Trail extends AuditPage>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | null, signal: AbortSignal) => Promise<Trail>,
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    meta: LOOK,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const events = useMemo(() => query.data?.pages.flatMap((page) => page.events) ?? [], [query.data]);
  const { fetchNextPage } = query;
  return {
    query,
    first: query.data?.pages[0],
    events,
    onMore: query.hasNextPage ? () => void fetchNextPage({ cancelRefetch: false }) : undefined,
  };
}
