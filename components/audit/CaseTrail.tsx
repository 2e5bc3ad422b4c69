"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useSignedIn } from "../shell/me.tsx";
import { mayReadLog, maySeeQueues } from "../shell/rights.ts";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { buttonClass } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { counted } from "../words.ts";
import { auditKeys, fetchCaseTrail } from "./api.ts";
import { BackToLog } from "./EventPage.tsx";
import { reachWords } from "./reachWords.ts";
import { TrailEvents } from "./TrailEvents.tsx";
import { useTrail } from "./useTrail.ts";
import { ViewsTable } from "./ViewsTable.tsx";

/** Everything about one case: who read it, why and for how long, and every event. */
export function CaseTrail({ caseId }: { caseId: string }) {
  const router = useRouter();
  const me = useSignedIn();
  const { query, first, events, onMore } = useTrail(auditKeys.case(caseId), (cursor, signal) =>
    fetchCaseTrail(caseId, cursor, { signal }),
  );
  const name = first?.case.number ? `Case ${first.case.number}` : "Case";
  const readers = first?.threadId && mayReadLog(me) ? `/threads/${first.threadId}/readers` : undefined;
  useShortcuts({
    auditBack: () => router.push("/audit"),
    auditRefresh: () => void query.refetch(),
    auditReaders: readers ? () => router.push(readers) : undefined,
  });
  useEffect(() => {
    document.title = `Audit of ${name.toLowerCase()} · Unseal`;
  }, [name]);
  return (
    <div className="pb-8">
      <PageHead
        above={<BackToLog />}
        title={`${name}: who read it, and what was done`}
        actions={
          <>
            {readers && (
              <Link href={readers} prefetch={false} className={buttonClass()}>
                Who read the thread
              </Link>
            )}
            {maySeeQueues(me) && (
              <Link href={`/cases/${caseId}`} prefetch={false} className={buttonClass()}>
                The case itself
              </Link>
            )}
          </>
        }
      >
        {first && reachWords(first.reach)}
      </PageHead>
      {query.isPending && <Waiting label="Reading the trail" lines={10} />}
      {query.isError && !first && (
        <div className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {first && (
        <>
          <h2 className="heading px-4 pt-2 pb-1.5">{viewsTitle(first)}</h2>
          <ViewsTable views={first.views} of="case" none="Nobody has opened this thread under this case." />
          {first.viewsCapped && (
            <p className="px-4 py-2 text-muted">
              Earlier ones stand among the events below, and with everybody who read the thread.
            </p>
          )}
          <h2 className="heading px-4 pt-5 pb-1.5">Every event, newest first</h2>
          <TrailEvents
            label="Events of the case, newest first"
            events={events}
            onMore={onMore}
            busy={query.isFetchingNextPage}
          />
        </>
      )}
    </div>
  );
}

function viewsTitle({
  views,
  viewsCapped,
}: {
  views: readonly { staff: { id: string } }[];
  viewsCapped: boolean;
}) {
  const people = new Set(views.map(({ staff }) => staff.id)).size;
  return viewsCapped
    ? `The newest ${views.length} views`
    : `${counted(views.length, "view")}, by ${counted(people, "person", "people")}`;
}
