"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { AuditEvent } from "../../contracts/audit.ts";
import { COLUMN_TITLES, COLUMNS } from "./EventCells.tsx";
import { EventRow } from "./EventRow.tsx";

/** Rows are of one height, so that a jump to any of a million lands right. */
const ROW_HEIGHT = { wide: 48, narrow: 76 };

type Props = {
  label: string;
  events: AuditEvent[];
  selected: number;
  onSelect: (index: number) => void;
  onOpen: (event: AuditEvent) => void;
  /** Counts moves of the selection by key: the focus then goes along. It is never taken otherwise. */
  focusCount: number;
  /** The last rows are near: read more, if there are more. */
  onNearEnd: () => void;
  complete: boolean;
};

/** The rows of the log, however many: only those in sight are in the page. One at a time is reached with Tab. */
export function EventGrid(props: Props) {
  const { label, events, selected, onSelect, onOpen, focusCount, onNearEnd, complete } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const height = useWide() ? ROW_HEIGHT.wide : ROW_HEIGHT.narrow;
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => events[index]?.id ?? index,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (height > 0) virtual.measure();
  }, [virtual, height]);
  useEffect(() => {
    if (!complete && lastShown >= events.length - 15) onNearEnd();
  }, [complete, lastShown, events.length, onNearEnd]);
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
        ?.querySelector<HTMLElement>(`[data-index="${latest.current}"] button`)
        ?.focus({ preventScroll: true });
    });
  }, [focusCount]);

  return (
    <div ref={scroller} className="min-h-0 grow overflow-auto">
      <div className="md:min-w-5xl">
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
            const event = events[item.index];
            if (!event) return null;
            return (
              <li
                key={item.key}
                data-index={item.index}
                aria-setsize={complete ? events.length : -1}
                aria-posinset={item.index + 1}
                style={{ height, transform: `translateY(${item.start}px)` }}
                className="absolute top-0 left-0 w-full"
              >
                <EventRow
                  event={event}
                  chosen={item.index === selected}
                  onSelect={() => onSelect(item.index)}
                  onOpen={() => onOpen(event)}
                />
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

const WIDE = "(min-width: 48rem)";
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
