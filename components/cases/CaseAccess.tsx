"use client";

import type { GrantDto, RequestDto } from "../../contracts/access.ts";
import { OwnRequest } from "../access/OwnRequest.tsx";
import { useGrants, useRequests } from "../access/queries.ts";
import { RunningGrants } from "../access/RunningGrants.tsx";
import { keyOf } from "../shell/shortcuts.ts";
import { useNow } from "../ui/useNow.ts";
import { requestsToShow } from "./requestsToShow.ts";

/** The requests of this person on the case that matter now, and the first that can be opened. */
export function useCaseRequests(caseId: string, enabled: boolean) {
  const now = useNow();
  const { requests } = useRequests({ box: "case", caseId }, enabled);
  const shown = requestsToShow(requests, now);
  return { shown, approved: shown.find(({ may }) => may.open) };
}

type Props = {
  caseId: string;
  requests: readonly RequestDto[];
  approved: RequestDto | undefined;
  busy: boolean;
  onTakeUp: (request: RequestDto) => void;
  onOpenUnder: (grant: GrantDto, threadId: string | null) => void;
};

/** What this person has asked for on the case, how it stands, and the grants that still run. */
export function CaseAccess({ caseId, requests, approved, busy, onTakeUp, onOpenUnder }: Props) {
  const { data } = useGrants("mine");
  return (
    <div className="grid gap-2 not-empty:mb-3">
      {requests.map((request) => (
        <OwnRequest
          key={request.id}
          request={request}
          busy={busy}
          onOpen={() => onTakeUp(request)}
          openKeys={request.id === approved?.id ? keyOf("caseTakeUp") : undefined}
        />
      ))}
      <RunningGrants grants={data?.grants ?? []} caseId={caseId} busy={busy} onOpen={onOpenUnder} />
    </div>
  );
}
