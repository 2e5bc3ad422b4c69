"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { asking, keys, usePages } from "../api/queries.ts";
import { type Box, fetchGlass, fetchGrants, fetchRequests } from "./api.ts";

/** What nobody announces (a request that lapses, a grant that runs out) is noticed after this long. */
const ASK_MS = 30_000;

/** Requests of one box, page by page, kept up by live events. */
export function useRequests(box: Box, enabled = true) {
  const query = usePages([...keys.requests, box], (cursor, asked) => fetchRequests(box, cursor, asked), {
    refetchInterval: ASK_MS,
    enabled,
  });
  const requests = useMemo(() => query.data?.pages.flatMap((page) => page.requests) ?? [], [query.data]);
  return { query, requests };
}

/** Grants that still run: one's own, or those of others that one may revoke. */
export function useGrants(box: "mine" | "live", enabled = true) {
  return useQuery({
    queryKey: [...keys.grants, box],
    queryFn: (context) => fetchGrants(box, asking(context)),
    refetchInterval: ASK_MS,
    enabled,
  });
}

/** The break-glass register, newest first. */
export function useGlass(open: boolean) {
  const query = usePages([...keys.glass, open], (cursor, asked) => fetchGlass(open, cursor, asked), {
    refetchInterval: ASK_MS,
  });
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.entries) ?? [], [query.data]);
  return { query, entries };
}
