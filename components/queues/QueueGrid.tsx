"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { History } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { CaseRow } from "../../contracts/triage.ts";
import { CaseRowCells, COLUMN_TITLES, COLUMNS } from "./CaseRowCells.tsx";

/** Rows are of one height, so that a jump to any of a million lands right. */
const ROW_HEIGHT = { wide: 42, narrow: 92 };

type Props = {
  label: string;
  rows: CaseRow[];
  selected: number;
  onSelect: (index: number) => void;
  /** Counts moves of the selection by key: the focus then goes along. It is never taken otherwise. */
  focusCount: number;
  /** The last rows are near: read more, if there are more. */
  onNearEnd: () => void;
  complete: boolean;
};

/**
 * The rows of a queue, however many: only those in sight are in the page. One row at a time can be reached with Tab;
 * the keys of the shortcut table move between them.
 */
export function QueueGrid({ label, rows, selected, onSelect, focusCount, onNearEnd, complete }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const wide = useWide();
  const height = wide ? ROW_HEIGHT.wide : ROW_HEIGHT.narrow;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (height > 0) virtual.measure();
  }, [virtual, height]);
  useEffect(() => {
    if (!complete && lastShown >= rows.length - 15) onNearEnd();
  }, [complete, lastShown, rows.length, onNearEnd]);
  useEffect(() => {
    virtual.scrollToIndex(selected, { align: "auto" });
  }, [virtual, selected]);
  const latest = useRef(selected);
  useEffect(() => {
    latest.current = selected;
  });
  useEffect(() => {
    if (focusCount === 0) return;
    // A frame later, when the row has come into the page.
    requestAnimationFrame(() => {
      scroller.current
        ?.querySelector<HTMLElement>(`[data-index="${latest.current}"] a`)
        ?.focus({ preventScroll: true });
    });
  }, [focusCount]);

  return (
    <div ref={scroller} className="min-h-0 grow overflow-auto">
      <div className="lg:min-w-[70rem]">
        <div
          aria-hidden
          className={clsx(
            COLUMNS,
            "heading sticky top-0 z-10 hidden border-b border-line bg-sunken px-4 py-1.5",
          )}
        >
          {COLUMN_TITLES.map((title) => (
            <span key={title}>{title}</span>
          ))}
        </div>
        <ol aria-label={label} className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const chosen = item.index === selected;
            return (
              <li
                key={item.key}
                data-index={item.index}
                aria-setsize={complete ? rows.length : -1}
                aria-posinset={item.index + 1}
                style={{ height, transform: `translateY(${item.start}px)` }}
                className={clsx(
                  "absolute top-0 left-0 w-full overflow-hidden border-b border-line px-4 py-1.5",
                  "max-lg:flex max-lg:flex-wrap max-lg:content-center max-lg:items-center max-lg:gap-x-2",
                  "has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent",
                  COLUMNS,
                  chosen ? "bg-accent-soft" : "bg-surface hover:bg-sunken",
                )}
              >
                <Link
                  href={`/cases/${row.id}`}
                  prefetch={false}
                  tabIndex={chosen ? 0 : -1}
                  onFocus={() => onSelect(item.index)}
                  className="font-semibold text-ink no-underline outline-none before:absolute before:inset-0"
                >
                  <span className="lg:sr-only">Case </span>
                  {row.number}
                  {row.previousCaseId && (
                    <span
                      title="Cites an earlier case on the same thread"
                      className="ml-1 inline-flex text-muted"
                    >
                      <History aria-hidden className="size-3.5" />
                      <span className="sr-only">, cites an earlier case</span>
                    </span>
                  )}
                </Link>
                <CaseRowCells row={row} />
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

const WIDE = "(min-width: 64rem)";
function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(WIDE);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => window.matchMedia(WIDE).matches,
    () => true,
  );
}
