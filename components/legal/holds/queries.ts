"use client";

import { useQuery } from "@tanstack/react-query";
import { asking } from "../../api/queries.ts";
import { fetchErasure, fetchHold, fetchNotices, fetchRequestHolds, holdKeys } from "./api.ts";

/** The holds of a request. Read often while what was frozen is being hashed. */
export function useRequestHolds(requestId: string) {
  return useQuery({
    queryKey: holdKeys.of(requestId),
    queryFn: (context) => fetchRequestHolds(requestId, asking(context)),
    refetchInterval: ({ state }) =>
      state.data?.holds.some(
        ({ hashing, check }) => hashing.finishedAt === null || (check && check.finishedAt === null),
      )
        ? 3_000
        : 60_000,
  });
}

/** One hold with its threads and what happened to it. */
export function useHold(holdId: string | null) {
  return useQuery({
    queryKey: holdKeys.one(holdId ?? ""),
    queryFn: (context) => fetchHold(holdId ?? "", asking(context)),
    enabled: holdId !== null,
  });
}

export function useErasure(erasureId: string | null) {
  return useQuery({
    queryKey: holdKeys.erasure(erasureId ?? ""),
    queryFn: (context) => fetchErasure(erasureId ?? "", asking(context)),
    enabled: erasureId !== null,
  });
}

/** Notices to the accounts of a request, and what bars them. */
export function useNotices(requestId: string) {
  return useQuery({
    queryKey: holdKeys.notices(requestId),
    queryFn: (context) => fetchNotices(requestId, asking(context)),
    refetchInterval: 60_000,
  });
}
