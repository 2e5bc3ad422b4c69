"use client";

import clsx from "clsx";
import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

export type Tab<T extends string> = { value: T; label: ReactNode };

type Props<T extends string> = {
  label: string;
  tabs: ReadonlyArray<Tab<T>>;
  value: T;
  onChoose: (value: T) => void;
  children: ReactNode;
};

/** A few views of one page, one at a time. Arrow keys move between them (WAI-ARIA tabs pattern). */
export function Tabs<T extends string>({ label, tabs, value, onChoose, children }: Props<T>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.value === value);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    onChoose(next.value);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.value}"]`)?.focus();
  };
  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        onKeyDown={onKeyDown}
        className="flex flex-wrap gap-x-1 border-b border-line px-3"
      >
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            data-tab={tab.value}
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChoose(tab.value)}
            className={clsx(
              "-mb-px flex min-h-9 items-center gap-1.5 border-b-2 px-2.5",
              tab.value === value
                ? "border-accent font-semibold text-ink"
                : "border-transparent text-muted hover:text-ink",
            )}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} tabIndex={-1}>
        {children}
      </div>
    </>
  );
}
