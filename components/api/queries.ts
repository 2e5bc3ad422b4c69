"use client";

import {
  type Query,
  type QueryFunctionContext,
  type QueryKey,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import type { QueueSort } from "../../domain/vocabulary.ts";
import { fetchCase, fetchMe, fetchQueues } from "./endpoints.ts";
import { noteSessionLimits } from "./sessionClock.ts";

/**
 * The query cache holds metadata only. Content never enters it: a view's answer lives in one component's state.
 */
export const keys = {
  me: ["me"] as const,
  queues: ["queues"] as const,
  queue: (queueId: string, sort: QueueSort) => ["queue", queueId, sort] as const,
  case: (caseId: string) => ["case", caseId] as const,
  cases: ["case"] as const,
  requests: ["requests"] as const,
  grants: ["grants"] as const,
  glass: ["glass"] as const,
  notices: ["notices"] as const,
  policies: ["policies"] as const,
};

type Asking = Pick<QueryFunctionContext, "client" | "queryKey" | "signal">;

/** How a query asks: a second fetch of what is already shown is the page's own doing, not the person's. */
export function asking({ client, queryKey, signal }: Asking) {
  return { background: client.getQueryData(queryKey) !== undefined, signal };
}

/** Marks (as `meta`) what is an event in the log each time it is read, so that no page reads it again unasked. */
export const LOOK = { look: true } as const;

/** Whether a page reads this anew by itself, after it has heard nothing for a while. */
export const isKeptUp = ({ meta }: Pick<Query, "meta">): boolean => meta?.look !== true;

type Asked = ReturnType<typeof asking>;

/** A list that is read page by page, and anew after `refetchInterval`: what nobody announces is noticed then. */
export function usePages<Page extends { nextCursor: string | null }>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | null, asked: Asked) => Promise<Page>,
  { refetchInterval, enabled = true }: { refetchInterval: number; enabled?: boolean },
) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, ...context }) => fetchPage(pageParam, asking(context)),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval,
    enabled,
  });
}

/** The person signed in, asked again every minute without keeping the session alive. */
export function useMe() {
  return useQuery({
    queryKey: keys.me,
    queryFn: async (context) => {
      const asked = asking(context);
      const me = await fetchMe(asked);
      noteSessionLimits(me.session.expiresAt, me.session.idleExpiresAt, !asked.background);
      return me;
    },
    refetchInterval: 60_000,
  });
}

/** The queues of this person with their counts. */
export function useQueues() {
  return useQuery({
    queryKey: keys.queues,
    queryFn: (context) => fetchQueues(asking(context)),
    staleTime: 5_000,
    refetchInterval: 60_000,
  });
}

/** One case without a word of content. */
export function useCase(caseId: string) {
  return useQuery({
    queryKey: keys.case(caseId),
    queryFn: (context) => fetchCase(caseId, asking(context)),
  });
}
