"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { isRefetch, keys } from "../api/queries.ts";
import { type Box, fetchGlass, fetchGrants, fetchRequests } from "./api.ts";

/** What nobody announces (a request that lapses, a grant that runs out) is noticed after this long. */
const ASK_MS = 30_000;

/** Requests of one box, page by page, kept up by live events. */
export function useRequests(box: Box, enabled = true) {
  const client = useQueryClient();
  const key = [...keys.requests, box] as const;
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      fetchRequests(box, pageParam, { background: isRefetch(client, key), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ASK_MS,
    enabled,
  });
  const requests = useMemo(() => query.data?.pages.flatMap((page) => page.requests) ?? [], [query.data]);
  return { query, requests };
}

/** Grants that still run: one's own, or those of others that one may revoke. */
export function useGrants(box: "mine" | "live", enabled = true) {
  const client = useQueryClient();
  const key = [...keys.grants, box] as const;
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => fetchGrants(box, { background: isRefetch(client, key), signal }),
    refetchInterval: ASK_MS,
    enabled,
  });
}

/** The break-glass register, newest first. */
export function useGlass(open: boolean) {
  const client = useQueryClient();
  const key = [...keys.glass, open] as const;
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      fetchGlass(open, pageParam, { background: isRefetch(client, key), signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ASK_MS,
  });
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.entries) ?? [], [query.data]);
  return { query, entries };
}
