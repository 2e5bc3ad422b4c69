"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download, Printer } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { AuditThread } from "../../contracts/audit.ts";
import { LOOK } from "../api/queries.ts";
import { auditKeys, fetchThread } from "../audit/api.ts";
import { BackToLog } from "../audit/EventPage.tsx";
import { reachWords } from "../audit/reachWords.ts";
import { TrailEvents } from "../audit/TrailEvents.tsx";
import { ViewsTable } from "../audit/ViewsTable.tsx";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { buttonClass } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { Instant } from "../ui/Time.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { counted } from "../words.ts";

/** Who read a thread, in one look: every view, what was refused, how many people. */
export function ThreadReaders({ threadId }: { threadId: string }) {
  const router = useRouter();
  const query = useInfiniteQuery({
    queryKey: auditKeys.thread(threadId),
    queryFn: ({ pageParam, signal }) => fetchThread(threadId, pageParam, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    meta: LOOK,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useShortcuts({ auditBack: () => router.push("/audit"), auditRefresh: () => void query.refetch() });
  useEffect(() => {
    document.title = "Who read this thread · Unseal";
  }, []);
  const first = query.data?.pages[0];
  const bounded = first && (first.reach.from !== null || first.reach.until !== null);
  return (
    <div className="pb-8">
      <PageHead
        above={<BackToLog />}
        title="Who read this thread"
        actions={first && <Actions threadId={threadId} forPerson={!bounded} />}
      >
        {first && reachWords(first.reach)}
      </PageHead>
      {query.isPending && <Waiting label="Reading who read the thread" lines={10} />}
      {query.isError && !first && (
        <div className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {first && (
        <>
          <Totals page={first} />
          <h2 className="heading px-4 pt-3 pb-1.5">Every view, newest first</h2>
          <ViewsTable
            views={query.data?.pages.flatMap(({ views }) => views) ?? []}
            of="thread"
            none="Nobody has opened this thread."
            onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
            busy={query.isFetchingNextPage}
          />
          <h2 className="heading px-4 pt-5 pb-1.5">Openings that were refused, newest first</h2>
          {first.refused.length === 0 ? (
            <p className="px-4 pb-3 text-muted">None.</p>
          ) : (
            <TrailEvents
              label="Refused openings, newest first"
              events={first.refused}
              onMore={undefined}
              busy={false}
            />
          )}
          {first.refusedCapped && (
            <p className="px-4 py-2 text-muted">
              These are the newest {first.refused.length}. Earlier ones stand in the trails of the cases.
            </p>
          )}
        </>
      )}
    </div>
  );
}

function Actions({ threadId, forPerson }: { threadId: string; forPerson: boolean }) {
  return (
    <>
      <a
        href={`/api/audit/threads/${threadId}/export`}
        download
        referrerPolicy="no-referrer"
        className={buttonClass()}
      >
        <Download aria-hidden className="size-4" />
        CSV
      </a>
      {forPerson && (
        <Link href={`/threads/${threadId}/readers?for=person`} prefetch={false} className={buttonClass()}>
          <Printer aria-hidden className="size-4" />
          For the person concerned
        </Link>
      )}
    </>
  );
}

function Totals({ page: { totals, thread } }: { page: AuditThread }) {
  return (
    <div className="mx-4 flex flex-wrap gap-x-8 gap-y-2 rounded-md border border-line bg-surface px-3 py-2.5">
      <p>
        <strong className="text-lg">{counted(totals.people, "person", "people")}</strong>
        <span className="block text-muted">opened it {counted(totals.views, "time")}</span>
      </p>
      {totals.firstAt && totals.lastAt && (
        <p>
          <Instant at={totals.firstAt} />
          <span className="block text-muted">
            the first; the last <Instant at={totals.lastAt} />
          </span>
        </p>
      )}
      <p>
        {thread.cases.length === 0
          ? "No case"
          : thread.cases.map(({ id, number }, n) => (
              <span key={id}>
                {n > 0 && ", "}
                <Link href={`/audit/cases/${id}`} prefetch={false}>
                  Case {number}
                </Link>
              </span>
            ))}
        <span className="block font-mono text-[0.857rem] break-all text-muted">{thread.id}</span>
      </p>
    </div>
  );
}
