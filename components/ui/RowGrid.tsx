"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";

/** What the rows of one kind have in common. */
export type RowLook = {
  /** Rows are of one height, so that a jump to any of a million lands right. */
  height: { wide: number; narrow: number };
  /** The media query from which on there are columns. */
  wideFrom: string;
  /** Classes that keep the columns apart there, and that the page scrolls sideways below. */
  columns: string;
  atLeast: string;
  titles: readonly string[];
  /** What of a row takes the focus. */
  focus: "a" | "button";
};

type Props<Row> = {
  label: string;
  look: RowLook;
  rows: readonly Row[];
  selected: number;
  /** Counts moves of the selection by key: the focus then goes along. It is never taken otherwise. */
  focusCount: number;
  /** The last rows are near: read more, if there are more. */
  onNearEnd: () => void;
  complete: boolean;
  rowClass?: (chosen: boolean) => string;
  children: (row: Row, index: number, chosen: boolean) => ReactNode;
};

/**
 * Rows, however many: only those in sight are in the page. One row at a time can be reached with Tab; the keys of the
 * shortcut table move between them.
 */
export function RowGrid<Row extends { id: string }>(props: Props<Row>) {
  const { label, look, rows, selected, focusCount, onNearEnd, complete, rowClass, children } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const height = useMedia(look.wideFrom) ? look.height.wide : look.height.narrow;
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
  const latest = useRef({ selected, focus: look.focus });
  useEffect(() => {
    latest.current = { selected, focus: look.focus };
  });
  useEffect(() => {
    if (focusCount === 0) return;
    // A frame later, when the row has come into the page.
    requestAnimationFrame(() => {
      const { selected: index, focus } = latest.current;
      scroller.current
        ?.querySelector<HTMLElement>(`[data-index="${index}"] ${focus}`)
        ?.focus({ preventScroll: true });
    });
  }, [focusCount]);

  return (
    <div ref={scroller} className="min-h-0 grow overflow-auto">
      <div className={look.atLeast}>
        <div
          aria-hidden
          className={clsx(
            look.columns,
            "heading sticky top-0 z-10 hidden border-b border-line bg-sunken px-4 py-1.5",
          )}
        >
          {look.titles.map((title) => (
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
                className={clsx("absolute top-0 left-0 w-full", rowClass?.(chosen))}
              >
                {children(row, item.index, chosen)}
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

function useMedia(media: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(media);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => window.matchMedia(media).matches,
    () => true,
  );
}
