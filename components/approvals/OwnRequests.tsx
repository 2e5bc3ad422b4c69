"use client";

import { Send } from "lucide-react";
import { OwnRequest } from "../access/OwnRequest.tsx";
import { useRequests } from "../access/queries.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { PagedList } from "../ui/PagedList.tsx";

/** What this person has asked for, newest first, with what became of it. */
export function OwnRequests() {
  const { query, requests } = useRequests({ box: "mine" });
  return (
    <PagedList
      query={query}
      empty={requests.length === 0}
      waiting="Reading your requests"
      nothing={
        <BlankState Icon={Send} title="You have asked for nothing yet">
          Where the policy wants an approver, the case itself lets you ask. Your requests then stand here.
        </BlankState>
      }
    >
      <ul aria-label="Your requests, newest first" className="grid max-w-4xl gap-3 p-3 sm:p-4">
        {requests.map((request) => (
          <li key={request.id}>
            <OwnRequest request={request} />
          </li>
        ))}
      </ul>
    </PagedList>
  );
}
