"use client";

import { useQuery } from "@tanstack/react-query";
import type { ProductionRow } from "../../../contracts/legal/productions.ts";
import { asking, LOOK } from "../../api/queries.ts";
import { fetchComparison, fetchProduction, fetchProductions, productionKeys } from "./api.ts";

/** How soon to look again: often while the packet grows, and seldom else. */
const soon = (rows: readonly Pick<ProductionRow, "state">[]): number =>
  rows.some(({ state }) => state === "building") ? 2_000 : 30_000;

/** The productions of a request, newest first. */
export function useProductions(requestId: string) {
  return useQuery({
    queryKey: productionKeys.list(requestId),
    queryFn: (context) => fetchProductions(requestId, asking(context)),
    refetchInterval: ({ state }) => soon(state.data?.productions ?? []),
  });
}

/** Everything about a packet but what is in it. Read often while it is being built. */
export function useProduction(productionId: string) {
  return useQuery({
    queryKey: productionKeys.one(productionId),
    queryFn: (context) => fetchProduction(productionId, asking(context)),
    refetchInterval: ({ state }) => soon(state.data ? [state.data] : []),
  });
}

/** What was asked for beside what is in the packet. That somebody compared is an event: it is not read again unasked. */
export function useComparison(productionId: string, manifestSha512: string | null) {
  return useQuery({
    queryKey: productionKeys.comparison(productionId, manifestSha512),
    queryFn: (context) => fetchComparison(productionId, asking(context)),
    staleTime: Number.POSITIVE_INFINITY,
    meta: LOOK,
  });
}
