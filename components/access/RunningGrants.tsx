"use client";

import { useQuery } from "@tanstack/react-query";
import { MailOpen, Siren } from "lucide-react";
import type { GrantDto } from "../../contracts/access.ts";
import { asking, LOOK } from "../api/queries.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { clockWords } from "../ui/timeWords.ts";
import { useNow } from "../ui/useNow.ts";
import { Waiting } from "../ui/Waiting.tsx";
import { CATEGORY_WORDS, counted, PURPOSE_WORDS, REGION_WORDS, SCOPE_WORDS } from "../words.ts";
import { fetchGrantThreads } from "./api.ts";

type Props = {
  grants: readonly GrantDto[];
  caseId: string;
  busy: boolean;
  onOpen: (grant: GrantDto, threadId: string | null) => void;
};

/** Grants on this case that still run and can open another view, each with what it has left. */
export function RunningGrants({ grants, caseId, busy, onOpen }: Props) {
  const now = useNow("second");
  const usable = grants.filter(
    (grant) =>
      grant.caseId === caseId &&
      grant.thisSession &&
      // A claimed case opens anew by its own key, with a reason each time.
      (grant.requirement !== "automatic" || grant.breakGlassId !== null) &&
      grant.viewsUsed < grant.viewLimit &&
      Date.parse(grant.expiresAt) > now,
  );
  return usable.map((grant) => (
    <article
      key={grant.id}
      aria-label={`Grant: ${PURPOSE_WORDS[grant.purpose]}`}
      className="panel grid gap-2 px-3 py-2.5"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {grant.breakGlassId !== null ? (
          <Badge tone="danger">
            <Siren aria-hidden className="size-3.5" />
            Break-glass
          </Badge>
        ) : (
          <Badge tone="ok">Granted</Badge>
        )}
        <h3>
          {PURPOSE_WORDS[grant.purpose]}, {SCOPE_WORDS[grant.scope].name.toLowerCase()}
        </h3>
        <span className="text-muted">
          {counted(grant.viewLimit - grant.viewsUsed, "view")} left · ends in{" "}
          {clockWords(Date.parse(grant.expiresAt) - now)}
        </span>
        <Button className="ml-auto" small busy={busy} onClick={() => onOpen(grant, null)}>
          <MailOpen aria-hidden className="size-4" />
          Open again
        </Button>
      </div>
      {grant.scope === "participant_threads" && (
        <Threads grant={grant} busy={busy} onOpen={(threadId) => onOpen(grant, threadId)} />
      )}
    </article>
  ));
}

type ThreadsProps = { grant: GrantDto; busy: boolean; onOpen: (threadId: string) => void };

/** The threads of one participant that a grant covers. */
function Threads({ grant, busy, onOpen }: ThreadsProps) {
  const query = useQuery({
    // Apart from the grants, which each view that opens or ends makes stale: every reading of these is an event.
    queryKey: ["grant-threads", grant.id],
    queryFn: (context) => fetchGrantThreads(grant.id, asking(context)),
    meta: LOOK,
    gcTime: Number.POSITIVE_INFINITY,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isPending) return <Waiting label="Reading the threads" lines={3} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <ul aria-label="Threads that the grant covers" className="grid gap-1">
        {query.data.threads.map((thread) => (
          <li
            key={thread.threadId}
            className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-t border-line pt-1"
          >
            <span>
              Case {thread.caseNumber} · {CATEGORY_WORDS[thread.category]} · {REGION_WORDS[thread.region]} ·{" "}
              {counted(thread.messages, "message")}, {counted(thread.participants, "participant")}
              {thread.minors > 0 && ` (${counted(thread.minors, "minor")})`}
            </span>
            <Button small busy={busy} onClick={() => onOpen(thread.threadId)}>
              Open
              <span className="sr-only"> the thread of case {thread.caseNumber}</span>
            </Button>
          </li>
        ))}
      </ul>
      {query.data.truncated && <p className="text-muted">There are more threads than one grant covers.</p>}
    </>
  );
}
