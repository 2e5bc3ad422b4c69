"use client";

import { Inbox, RotateCw } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useCallback, useEffect } from "react";
import type { CaseRow } from "../../contracts/triage.ts";
import { QUEUE_SORTS } from "../../domain/vocabulary.ts";
import { errorWords } from "../api/ApiError.ts";
import { claimCase } from "../api/endpoints.ts";
import { useQueues } from "../api/queries.ts";
import { useCommands } from "../shell/commands.tsx";
import { useSignedIn } from "../shell/me.tsx";
import { mayTriage } from "../shell/rights.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Failed } from "../ui/Failed.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { ReadSoFar } from "../ui/ReadSoFar.tsx";
import { useRowSelection } from "../ui/useRowSelection.ts";
import { Waiting } from "../ui/Waiting.tsx";
import { SORT_WORDS } from "../words.ts";
import { QueueGrid } from "./QueueGrid.tsx";
import { useClaimNext } from "./useClaimNext.ts";
import { useQueuePages } from "./useQueuePages.ts";

const SORTS = QUEUE_SORTS.map((value) => ({ value, label: SORT_WORDS[value] }));

/** One queue: its cases in order, who has which, and the next one at a keypress. */
export function QueueBoard({ queueId }: { queueId: string }) {
  const router = useRouter();
  const may = mayTriage(useSignedIn());
  const { show } = useToasts();
  const [sort, setSort] = useQueryState("sort", parseAsStringLiteral(QUEUE_SORTS).withDefault("priority"));
  const { query, rows, newcomers, refresh, readAnew } = useQueuePages(queueId, sort);
  const { busy, claimNextOf } = useClaimNext();
  const summary = useQueues().data?.queues.find((queue) => queue.id === queueId);
  const { at, current, select, move, focusCount } = useRowSelection(rows);
  const showCase = useCallback((row: CaseRow) => router.push(`/cases/${row.id}`), [router]);
  const name = query.data?.pages[0]?.queue.name ?? summary?.name;

  useEffect(() => {
    if (name) document.title = `${name} · Unseal`;
  }, [name]);

  const claim = async (row: CaseRow): Promise<void> => {
    try {
      await claimCase(row.id);
      showCase(row);
    } catch (error) {
      const { title, detail } = errorWords(error);
      show({ id: "claim-refused", tone: "danger", title: `Case ${row.number}: ${title}`, detail });
      void readAnew(new Set([row.id])).catch(() => {});
    }
  };
  const nextCase = (): void => void claimNextOf(queueId);
  const { fetchNextPage } = query;
  const readMore = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage]);

  useShortcuts({
    queueDown: () => move(1),
    queueUp: () => move(-1),
    queueOpen: current ? () => showCase(current) : undefined,
    queueClaim: may && current ? () => void claim(current) : undefined,
    queueNext: may ? nextCase : undefined,
    queueRefresh: () => void refresh(),
  });
  useCommands([
    ...(may
      ? [
          {
            id: "next",
            group: "Queue",
            label: "Claim the next free case",
            keys: keyOf("queueNext"),
            run: nextCase,
          },
        ]
      : []),
    {
      id: "refresh",
      group: "Queue",
      label: "Read the queue anew",
      keys: keyOf("queueRefresh"),
      run: () => void refresh(),
    },
    ...SORTS.map(({ value, label }) => ({
      id: `sort-${value}`,
      group: "Queue",
      label: `Sort by ${label.toLowerCase()}`,
      run: () => void setSort(value),
    })),
  ]);

  return (
    <div className="flex h-[calc(100dvh-3rem)] flex-col">
      <PageHead
        above={
          <Link href="/queues" prefetch={false}>
            Queues
          </Link>
        }
        title={name ?? "Queue"}
        actions={
          <>
            <ChoiceChips
              legend="Sort by"
              hideLegend
              name="sort"
              choices={SORTS}
              value={sort}
              onChoose={(value) => void setSort(value)}
            />
            {may && (
              <Button look="primary" keys={keyOf("queueNext")} busy={busy === queueId} onClick={nextCase}>
                Next case
              </Button>
            )}
          </>
        }
      >
        {summary && (
          <>
            {summary.open.toLocaleString("en-GB")}
            {summary.openCapped && "+"} open
            {summary.overdue > 0 && (
              <strong className="text-danger"> · {summary.overdue.toLocaleString("en-GB")} overdue</strong>
            )}
            {" · "}
            {summary.claimedByMe} claimed by you
          </>
        )}
      </PageHead>
      <div role="status" className="contents">
        {newcomers && (
          <div className="flex items-center justify-between gap-3 border-t border-line bg-accent-soft px-4 py-1.5 text-accent">
            New cases have come.
            <Button small keys={keyOf("queueRefresh")} onClick={() => void refresh()}>
              <RotateCw aria-hidden className="size-4" />
              Show them
            </Button>
          </div>
        )}
      </div>
      <div className="flex min-h-0 grow flex-col border-t border-line bg-surface">
        {query.isPending && <Waiting label="Reading the queue" lines={12} />}
        {query.isError && rows.length === 0 && (
          <div className="p-4">
            <Failed error={query.error} onRetry={() => void query.refetch()} />
          </div>
        )}
        {query.isSuccess && rows.length === 0 && (
          <BlankState
            Icon={Inbox}
            title="This queue is empty"
            actions={
              <Link href="/queues" prefetch={false}>
                All queues
              </Link>
            }
          >
            Every case in it is decided. New ones appear here by themselves.
          </BlankState>
        )}
        {rows.length > 0 && (
          <>
            <QueueGrid
              label={`Cases of ${name ?? "the queue"}`}
              rows={rows}
              selected={at}
              onSelect={select}
              focusCount={focusCount}
              onNearEnd={readMore}
              complete={!query.hasNextPage}
            />
            <ReadSoFar query={query} count={rows.length} onMore={readMore} />
          </>
        )}
      </div>
    </div>
  );
}
