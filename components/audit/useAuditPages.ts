"use client";

import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import type { AuditPage } from "../../contracts/audit.ts";
import { useLiveEvents } from "../api/live.tsx";
import { LOOK } from "../api/queries.ts";
import { auditKeys, fetchEvents, fetchNewer } from "./api.ts";
import type { KnownFilters } from "./filters.ts";

type Read = InfiniteData<AuditPage, string | null>;

/** How often the page asks whether events have come. Live events make it ask sooner, but not more often than this. */
const ASK_MS = 20_000;
const AFTER_LIVE_MS = 3_000;

/**
 * The log by its filters, newest first, read page by page as far as it is scrolled. What comes meanwhile is counted, not
 * pushed into the page under the reader's eyes.
 */
export function useAuditPages(filters: KnownFilters) {
  const client = useQueryClient();
  const key = useMemo(() => auditKeys.events(filters), [filters]);
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchEvents(filters, pageParam, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    meta: LOOK,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const events = useMemo(() => query.data?.pages.flatMap((page) => page.events) ?? [], [query.data]);
  const newest = events[0]?.id;

  const newer = useQuery({
    queryKey: [...key, "newer", newest],
    queryFn: ({ signal }) => fetchNewer(filters, newest ?? "", { background: true, signal }),
    enabled: newest !== undefined,
    refetchInterval: ASK_MS,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { refetch: askNewer } = newer;
  useLiveEvents((event) => {
    if (event.type === "session_ended") return;
    soon.current ??= setTimeout(() => {
      soon.current = undefined;
      void askNewer();
    }, AFTER_LIVE_MS);
  });
  useEffect(() => () => clearTimeout(soon.current), []);

  const refresh = useCallback(async (): Promise<void> => {
    client.setQueryData<Read>(key, (now) => now && { pages: now.pages.slice(0, 1), pageParams: [null] });
    await client.refetchQueries({ queryKey: key, exact: true });
  }, [client, key]);

  return { query, events, newer: newer.data, refresh };
}
