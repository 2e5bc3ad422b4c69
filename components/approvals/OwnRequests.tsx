"use client";

import { Send } from "lucide-react";
import { OwnRequest } from "../access/OwnRequest.tsx";
import { useRequests } from "../access/queries.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Waiting } from "../ui/Waiting.tsx";

/** What this person has asked for, newest first, with what became of it. */
export function OwnRequests() {
  const { query, requests } = useRequests({ box: "mine" });
  if (query.isPending) return <Waiting label="Reading your requests" lines={8} />;
  if (query.isError && requests.length === 0)
    return (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  if (requests.length === 0)
    return (
      <BlankState Icon={Send} title="You have asked for nothing yet">
        Where the policy wants an approver, the case itself lets you ask. Your requests then stand here.
      </BlankState>
    );
  return (
    <>
      <ul aria-label="Your requests, newest first" className="grid max-w-4xl gap-3 p-3 sm:p-4">
        {requests.map((request) => (
          <li key={request.id}>
            <OwnRequest request={request} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <p className="px-4">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </p>
      )}
    </>
  );
}
