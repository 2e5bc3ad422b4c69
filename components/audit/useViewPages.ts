"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import type { AuditStaffTrail, AuditView } from "../../contracts/audit.ts";
import { LOOK } from "../api/queries.ts";
import { auditKeys, fetchStaffViews } from "./api.ts";

/** What a staff member read: the newest, which came with their trail, and earlier ones page by page. */
export function useViewPages(staffId: string, first: AuditStaffTrail | undefined) {
  const start = first?.viewsCursor ?? null;
  const query = useInfiniteQuery({
    queryKey: [...auditKeys.staffViews(staffId), start],
    queryFn: ({ pageParam, signal }) => fetchStaffViews(staffId, pageParam, { signal }),
    initialPageParam: start,
    getNextPageParam: (page) => page.nextCursor,
    // Asked for at a press and not before.
    enabled: false,
    meta: LOOK,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const earlier = query.data?.pages.flatMap((page) => page.views) ?? [];
  const more = query.data ? query.hasNextPage : start !== null;
  const read = query.data ? () => void query.fetchNextPage() : () => void query.refetch();
  const views: readonly AuditView[] = [...(first?.views ?? []), ...earlier];
  return { views, onMore: more ? read : undefined, busy: query.isFetching, error: query.error };
}
