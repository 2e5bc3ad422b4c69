"use client";

import { useQuery } from "@tanstack/react-query";
import { asking } from "../api/queries.ts";
import {
  type AgencyFilter,
  fetchAgencies,
  fetchDeadlines,
  fetchFigures,
  fetchPlatforms,
  fetchRequest,
  fetchScope,
  fetchVerification,
  legalKeys,
  type Span,
} from "./api.ts";

/** A request without a byte of its documents. */
export function useRequest(requestId: string) {
  return useQuery({
    queryKey: legalKeys.one(requestId),
    queryFn: (context) => fetchRequest(requestId, asking(context)),
    refetchInterval: 30_000,
  });
}

/** What a request would touch, counted. */
export function useScope(requestId: string) {
  return useQuery({
    queryKey: legalKeys.scope(requestId),
    queryFn: (context) => fetchScope(requestId, asking(context)),
    staleTime: 60_000,
  });
}

/** What was done to find out whether the requester is who they say. */
export function useVerification(requestId: string) {
  return useQuery({
    queryKey: legalKeys.verification(requestId),
    queryFn: (context) => fetchVerification(requestId, asking(context)),
    refetchInterval: 60_000,
  });
}

export function useAgencies(filter: AgencyFilter) {
  return useQuery({
    queryKey: legalKeys.agencies(filter),
    queryFn: (context) => fetchAgencies(filter, asking(context)),
    staleTime: 10_000,
  });
}

export function usePlatforms() {
  return useQuery({
    queryKey: legalKeys.platforms,
    queryFn: ({ signal }) => fetchPlatforms({ signal }),
    staleTime: 300_000,
  });
}

export function useDeadlines(enabled: boolean) {
  return useQuery({
    queryKey: legalKeys.deadlines,
    queryFn: (context) => fetchDeadlines(asking(context)),
    refetchInterval: 30_000,
    enabled,
  });
}

export function useFigures(span: Span) {
  return useQuery({
    queryKey: legalKeys.figures(span),
    queryFn: ({ signal }) => fetchFigures(span, { signal }),
    staleTime: 60_000,
  });
}
