"use client";

import { FilePlus2, RotateCw, Scale, SearchX } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { usePages } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { useSignedIn } from "../../shell/me.tsx";
import { keyOf } from "../../shell/shortcuts.ts";
import { useShortcuts } from "../../shell/useShortcuts.ts";
import { BlankState } from "../../ui/BlankState.tsx";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Kbd } from "../../ui/Kbd.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { ReadSoFar } from "../../ui/ReadSoFar.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { useRowSelection } from "../../ui/useRowSelection.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { counted } from "../../words.ts";
import { fetchRequests, legalKeys } from "../api.ts";
import { mayHandleRequests } from "../rights.ts";
import { DeadlineBoard } from "./DeadlineBoard.tsx";
import { FigureBoard } from "./FigureBoard.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { FILTER_PARSERS, type FilterState, isFiltered, NO_FILTERS, toQuery } from "./filters.ts";
import { RequestGrid } from "./RequestGrid.tsx";

const TABS = ["requests", "deadlines", "figures"] as const;
const LABELS = { requests: "Requests", deadlines: "Deadlines", figures: "Figures" } as const;
const TAB = parseAsStringLiteral(TABS).withDefault("requests").withOptions({ history: "push" });

/** The register of lawful requests: who asks for what, how each stands, and by when it must be answered. */
export function RegisterBoard() {
  const router = useRouter();
  const me = useSignedIn();
  const handles = mayHandleRequests(me);
  const [tab, setTab] = useQueryState("tab", TAB);
  const [state, setState] = useQueryStates(FILTER_PARSERS, { history: "push" });
  const filter = useMemo(() => toQuery(state), [state]);
  const query = usePages(legalKeys.list(filter), (cursor, asked) => fetchRequests(filter, cursor, asked), {
    refetchInterval: 30_000,
    enabled: tab === "requests",
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.requests) ?? [], [query.data]);
  const first = query.data?.pages[0];
  const { at, current, select, move, focusCount } = useRowSelection(rows);
  const change = useCallback((next: Partial<FilterState>) => void setState(next), [setState]);
  const firstFilter = useRef<HTMLSelectElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const { fetchNextPage } = query;
  const readMore = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage]);
  const filtered = isFiltered(state);
  useEffect(() => {
    document.title = "Lawful requests · Unseal";
  }, []);
  const list = tab === "requests";
  const open = (): void => {
    if (current) router.push(`/lawful-requests/${current.id}`);
  };
  const begin = (): void => router.push("/lawful-requests/new");
  useShortcuts({
    requestsDown: list ? () => move(1) : undefined,
    requestsUp: list ? () => move(-1) : undefined,
    requestsOpen: list && current ? open : undefined,
    requestsNew: handles ? begin : undefined,
    requestsFilter: list ? () => firstFilter.current?.focus() : undefined,
    requestsFind: list ? () => find.current?.focus() : undefined,
    requestsClear: list && filtered ? () => change(NO_FILTERS) : undefined,
    requestsRefresh: list ? () => void query.refetch() : undefined,
  });
  const group = "Lawful requests";
  useCommands([
    ...(handles
      ? [
          {
            id: "requests-new",
            group,
            label: "Register a new request",
            keys: keyOf("requestsNew"),
            run: begin,
          },
          {
            id: "requests-mine",
            group,
            label: "Show those that I handle",
            run: () => change({ ...NO_FILTERS, mine: true }),
          },
        ]
      : []),
    {
      id: "requests-overdue",
      group,
      label: "Show what is overdue",
      run: () => change({ ...NO_FILTERS, overdue: true }),
    },
    {
      id: "requests-emergency",
      group,
      label: "Show emergencies",
      run: () => change({ ...NO_FILTERS, emergency: true }),
    },
    { id: "requests-deadlines", group, label: "Show the deadlines", run: () => void setTab("deadlines") },
    { id: "requests-figures", group, label: "Show the figures", run: () => void setTab("figures") },
  ]);
  return (
    <div className="flex min-h-[calc(100dvh-3rem)] flex-col">
      <PageHead
        title="Lawful requests"
        actions={
          handles && (
            <Link
              href="/lawful-requests/new"
              prefetch={false}
              aria-keyshortcuts={keyOf("requestsNew")}
              className={buttonClass("primary")}
            >
              <FilePlus2 aria-hidden className="size-4" />
              New lawful request
              <Kbd keys={keyOf("requestsNew")} onAccent />
            </Link>
          )
        }
      >
        {first && (
          <>
            {counted(first.counts.open, "request")} open, {first.counts.overdue} overdue
            {first.counts.waitingForMe > 0 && (
              <>
                ; <strong className="text-ink">{first.counts.waitingForMe} wait for your answer</strong>
              </>
            )}
            .{" "}
          </>
        )}
        {!handles && "You read the register; legal counsel works in it. "}
        Nothing of what anybody wrote is on this page.
      </PageHead>
      <Tabs
        label="Register"
        tabs={TABS.map((value) => ({ value, label: LABELS[value] }))}
        value={tab}
        onChoose={(value) => void setTab(value)}
      >
        {tab === "deadlines" && <DeadlineBoard />}
        {tab === "figures" && <FigureBoard />}
        {list && (
          <FilterBar
            state={state}
            onChange={change}
            counts={first?.counts}
            handles={handles}
            firstRef={firstFilter}
            findRef={find}
          />
        )}
        {list && (
          <div className="flex h-[calc(100dvh-15.5rem)] min-h-80 flex-col border-t border-line bg-surface max-md:h-[75dvh]">
            {query.isPending && <Waiting label="Reading the register" lines={12} />}
            {query.isError && rows.length === 0 && (
              <div className="p-4">
                <Failed error={query.error} onRetry={() => void query.refetch()} />
              </div>
            )}
            {query.isSuccess && rows.length === 0 && (
              <Nothing filtered={filtered} handles={handles} onClear={() => change(NO_FILTERS)} />
            )}
            {rows.length > 0 && (
              <>
                <RequestGrid
                  label="Lawful requests, newest first"
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
        )}
      </Tabs>
    </div>
  );
}

function Nothing({
  filtered,
  handles,
  onClear,
}: {
  filtered: boolean;
  handles: boolean;
  onClear: () => void;
}) {
  if (filtered)
    return (
      <BlankState
        Icon={SearchX}
        title="No request fits these filters"
        actions={
          <Button keys={keyOf("requestsClear")} onClick={onClear}>
            <RotateCw aria-hidden className="size-4" />
            Clear the filters
          </Button>
        }
      >
        The filters hold together: a request must fit all of them. Those outside your regions are not counted.
      </BlankState>
    );
  return (
    <BlankState
      Icon={Scale}
      title="No lawful request is open"
      actions={
        handles && (
          <Link href="/lawful-requests/new" prefetch={false} className={buttonClass("primary")}>
            <FilePlus2 aria-hidden className="size-4" />
            New lawful request
          </Link>
        )
      }
    >
      {handles
        ? "When a letter comes, register it first: its clock runs from the moment it was received."
        : "What legal counsel registers appears here, with its clock."}
    </BlankState>
  );
}
