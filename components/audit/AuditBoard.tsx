"use client";

import { Download, RotateCw, ScrollText, SearchX } from "lucide-react";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { AuditEvent } from "../../contracts/audit.ts";
import { useCommands } from "../shell/commands.tsx";
import { useSignedIn } from "../shell/me.tsx";
import { mayReadLog } from "../shell/rights.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { ReadSoFar } from "../ui/ReadSoFar.tsx";
import { useRowSelection } from "../ui/useRowSelection.ts";
import { Waiting } from "../ui/Waiting.tsx";
import { EventDialog } from "./EventDialog.tsx";
import { EventGrid } from "./EventGrid.tsx";
import { ExportDialog } from "./ExportDialog.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { FILTER_PARSERS, type FilterState, knownFilters, NO_FILTERS } from "./filters.ts";
import { NewerNotice } from "./NewerNotice.tsx";
import { reachWords } from "./reachWords.ts";
import { useAuditPages } from "./useAuditPages.ts";

/** The log: who did what to which case, when, from where and why. */
export function AuditBoard() {
  const router = useRouter();
  const me = useSignedIn();
  const [state, setState] = useQueryStates(FILTER_PARSERS, { history: "push" });
  const filters = useMemo(() => knownFilters(state), [state]);
  const { query, events, newer, refresh } = useAuditPages(filters);
  const reach = query.data?.pages[0]?.reach;
  // Drawn before the answer is here by the roles of the session; the answer says how it is.
  const whole = reach?.whole ?? mayReadLog(me);
  const filtered = Object.keys(filters).length > 0;

  const { at, current, select, move, focusCount } = useRowSelection(events);
  const [opened, setOpened] = useState<string | null>(null);
  const [exporting, setExporting] = useState(false);
  const firstFilter = useRef<HTMLSelectElement>(null);
  const caseField = useRef<HTMLInputElement>(null);
  const change = useCallback((next: Partial<FilterState>) => void setState(next), [setState]);
  const { fetchNextPage } = query;
  const readMore = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage]);

  useEffect(() => {
    document.title = "Audit log · Unseal";
  }, []);
  useShortcuts({
    auditDown: () => move(1),
    auditUp: () => move(-1),
    auditOpen: current ? () => setOpened(current.id) : undefined,
    auditCase: current?.case ? () => router.push(`/audit/cases/${current.case?.id}`) : undefined,
    auditStaff: staffOf(current) ? () => router.push(`/audit/staff/${staffOf(current)}`) : undefined,
    auditFilter: () => firstFilter.current?.focus(),
    auditFind: () => caseField.current?.focus(),
    auditClear: filtered ? () => change(NO_FILTERS) : undefined,
    auditRefresh: () => void refresh(),
    auditExport: whole ? () => setExporting(true) : undefined,
  });
  useCommands([
    {
      id: "audit-refresh",
      group: "Audit",
      label: "Read the log anew",
      keys: keyOf("auditRefresh"),
      run: () => void refresh(),
    },
    {
      id: "audit-denied",
      group: "Audit",
      label: "Show what was denied",
      run: () => change({ ...NO_FILTERS, outcome: "denied" }),
    },
    {
      id: "audit-views",
      group: "Audit",
      label: "Show views that were opened",
      run: () => change({ ...NO_FILTERS, action: "view.opened" }),
    },
    {
      id: "audit-own",
      group: "Audit",
      label: "Everything about myself",
      run: () => router.push(`/audit/staff/${me.id}`),
    },
    ...(whole
      ? [
          {
            id: "audit-export",
            group: "Audit",
            label: "Export what is filtered",
            keys: keyOf("auditExport"),
            run: () => setExporting(true),
          },
        ]
      : []),
  ]);

  return (
    <div className="flex h-[calc(100dvh-3rem)] flex-col max-md:h-auto">
      <PageHead
        title="Audit log"
        actions={
          whole && (
            <Button keys={keyOf("auditExport")} onClick={() => setExporting(true)}>
              <Download aria-hidden className="size-4" />
              Export
            </Button>
          )
        }
      >
        {reach && reachWords(reach)}
      </PageHead>
      <FilterBar state={state} onChange={change} whole={whole} firstRef={firstFilter} caseRef={caseField} />
      <NewerNotice newer={newer} onShow={() => void refresh()} />
      <div className="flex min-h-0 grow flex-col border-t border-line bg-surface max-md:h-[75dvh] max-md:flex-none">
        {query.isPending && <Waiting label="Reading the log" lines={12} />}
        {query.isError && events.length === 0 && (
          <div className="p-4">
            <Failed error={query.error} onRetry={() => void query.refetch()} />
          </div>
        )}
        {query.isSuccess && events.length === 0 && (
          <Nothing filtered={filtered} onClear={() => change(NO_FILTERS)} />
        )}
        {events.length > 0 && (
          <>
            <EventGrid
              label="Events, newest first"
              events={events}
              selected={at}
              onSelect={select}
              onOpen={(event, index) => {
                select(index);
                setOpened(event.id);
              }}
              focusCount={focusCount}
              onNearEnd={readMore}
              complete={!query.hasNextPage}
            />
            <ReadSoFar query={query} count={events.length} onMore={readMore} />
          </>
        )}
      </div>
      <EventDialog eventId={opened} onClose={() => setOpened(null)} />
      <ExportDialog open={exporting} onClose={() => setExporting(false)} filters={filters} />
    </div>
  );
}

/** Whose trail an event leads to: the staff member who acted, else the one it was about. */
function staffOf(event: AuditEvent | undefined): string | undefined {
  if (event?.actorKind === "staff" && event.actor) return event.actor.id;
  return event?.subjectStaff?.id;
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (!filtered)
    return (
      <BlankState Icon={ScrollText} title="Nothing is in the log yet">
        What you do appears here: claims, views, decisions, and what was refused.
      </BlankState>
    );
  return (
    <BlankState
      Icon={SearchX}
      title="No event fits these filters"
      actions={
        <Button keys={keyOf("auditClear")} onClick={onClear}>
          <RotateCw aria-hidden className="size-4" />
          Clear the filters
        </Button>
      }
    >
      The filters hold together: an event must fit all of them.
    </BlankState>
  );
}
