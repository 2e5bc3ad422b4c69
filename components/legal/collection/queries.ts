"use client";

import { useQuery } from "@tanstack/react-query";
import { asking, usePages } from "../../api/queries.ts";
import { collectionKeys, fetchCollection, fetchCollections, fetchDecisions, fetchThreads } from "./api.ts";

/** The collections of a request, newest first. */
export function useCollections(requestId: string) {
  return useQuery({
    queryKey: collectionKeys.list(requestId),
    queryFn: (context) => fetchCollections(requestId, asking(context)),
    refetchInterval: 60_000,
  });
}

/** One collection without a word of what it holds. */
export function useCollection(collectionId: string) {
  return useQuery({
    queryKey: collectionKeys.one(collectionId),
    queryFn: (context) => fetchCollection(collectionId, asking(context)),
    refetchInterval: 60_000,
  });
}

/** Its threads, in the order of the packet. */
export function useThreads(collectionId: string) {
  return usePages(
    collectionKeys.threads(collectionId),
    (cursor, asked) => fetchThreads(collectionId, cursor, asked),
    {
      refetchInterval: 60_000,
    },
  );
}

/** What was decided, newest first. */
export function useDecisions(collectionId: string) {
  return usePages(
    collectionKeys.decisions(collectionId),
    (cursor, asked) => fetchDecisions(collectionId, cursor, asked),
    {
      refetchInterval: 60_000,
    },
  );
}
