"use client";

import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { QueuePage } from "../../contracts/triage.ts";
import type { QueueSort } from "../../domain/vocabulary.ts";
import { fetchQueuePage } from "../api/endpoints.ts";
import { useLiveEvents } from "../api/live.tsx";
import { keys } from "../api/queries.ts";
import { pagesHolding, rowsOf, withPage } from "./queuePages.ts";

type Read = InfiniteData<QueuePage, string | null>;
const GATHER_MS = 700;

/**
 * A queue, read page by page as far as it is scrolled, and kept true: when a case on a page changes, that page alone
 * is read anew. `newcomers` says that cases have come which may stand above what is shown.
 */
export function useQueuePages(queueId: string, sort: QueueSort) {
  const client = useQueryClient();
  const key = useMemo(() => keys.queue(queueId, sort), [queueId, sort]);
  const [newcomers, setNewcomers] = useState(false);
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => {
      // A page that was read before is read anew by the page itself; a new one because the person went on.
      const background = client.getQueryData<Read>(key)?.pageParams.includes(pageParam) ?? false;
      return fetchQueuePage(queueId, sort, pageParam, { background, signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // Coming back to a queue shows it as it is now.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

  const readAnew = useCallback(
    async (caseIds: ReadonlySet<string>): Promise<void> => {
      const read = client.getQueryData<Read>(key);
      if (!read) return;
      for (const index of pagesHolding(read, caseIds)) {
        const cursor = read.pageParams[index] ?? null;
        const page = await fetchQueuePage(queueId, sort, cursor, { background: true });
        client.setQueryData<Read>(key, (now) => now && withPage(now, index, page, caseIds));
      }
    },
    [client, key, queueId, sort],
  );

  useLiveEvents((event) => {
    if (!("queueId" in event) || event.queueId !== queueId) return;
    if (event.type === "queue_changed") setNewcomers(true);
    else changed.current.add(event.caseId);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const caseIds = changed.current;
      changed.current = new Set();
      const shown = new Set(rowsOf(client.getQueryData<Read>(key)).map((row) => row.id));
      if ([...caseIds].some((id) => !shown.has(id))) setNewcomers(true);
      // What could not be read anew stays as it was; the next change or a refresh tries again.
      void readAnew(caseIds).catch(() => {});
    }, GATHER_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  const refresh = useCallback(async (): Promise<void> => {
    setNewcomers(false);
    // From the top: reading every page anew would ask once for each that was scrolled past.
    client.setQueryData<Read>(key, (now) => now && { pages: now.pages.slice(0, 1), pageParams: [null] });
    await client.refetchQueries({ queryKey: key });
  }, [client, key]);

  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  return { query, rows, newcomers, refresh, readAnew };
}
