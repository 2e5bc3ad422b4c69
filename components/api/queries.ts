"use client";

import { type QueryClient, type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
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

/** A second fetch of what is already shown is the page's own doing, not the person's. */
export function isRefetch(client: QueryClient, key: QueryKey): boolean {
  return client.getQueryData(key) !== undefined;
}

/** The person signed in, asked again every minute without keeping the session alive. */
export function useMe() {
  const client = useQueryClient();
  return useQuery({
    queryKey: keys.me,
    queryFn: async ({ signal }) => {
      const background = isRefetch(client, keys.me);
      const me = await fetchMe({ background, signal });
      noteSessionLimits(me.session.expiresAt, me.session.idleExpiresAt, !background);
      return me;
    },
    refetchInterval: 60_000,
  });
}

/** The queues of this person with their counts. */
export function useQueues() {
  const client = useQueryClient();
  return useQuery({
    queryKey: keys.queues,
    queryFn: ({ signal }) => fetchQueues({ background: isRefetch(client, keys.queues), signal }),
    staleTime: 5_000,
    refetchInterval: 60_000,
  });
}

/** One case without a word of content. */
export function useCase(caseId: string) {
  const client = useQueryClient();
  const key = keys.case(caseId);
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => fetchCase(caseId, { background: isRefetch(client, key), signal }),
  });
}
