"use client";

import clsx from "clsx";
import { History } from "lucide-react";
import Link from "next/link";
import type { CaseRow } from "../../contracts/triage.ts";
import { RowGrid, type RowLook } from "../ui/RowGrid.tsx";
import { CaseRowCells, COLUMN_TITLES, COLUMNS } from "./CaseRowCells.tsx";

const LOOK: RowLook = {
  height: { wide: 42, narrow: 92 },
  wideFrom: "(min-width: 64rem)",
  columns: COLUMNS,
  atLeast: "lg:min-w-[70rem]",
  titles: COLUMN_TITLES,
  focus: "a",
};

type Props = {
  label: string;
  rows: CaseRow[];
  selected: number;
  onSelect: (index: number) => void;
  focusCount: number;
  onNearEnd: () => void;
  complete: boolean;
};

/** The rows of a queue, however many. */
export function QueueGrid({ onSelect, ...props }: Props) {
  return (
    <RowGrid {...props} look={LOOK} rowClass={rowClass}>
      {(row, index, chosen) => (
        <>
          <Link
            href={`/cases/${row.id}`}
            prefetch={false}
            tabIndex={chosen ? 0 : -1}
            onFocus={() => onSelect(index)}
            className="font-semibold text-ink no-underline outline-none before:absolute before:inset-0"
          >
            <span className="lg:sr-only">Case </span>
            {row.number}
            {row.previousCaseId && (
              <span title="Cites an earlier case on the same thread" className="ml-1 inline-flex text-muted">
                <History aria-hidden className="size-3.5" />
                <span className="sr-only">, cites an earlier case</span>
              </span>
            )}
          </Link>
          <CaseRowCells row={row} />
        </>
      )}
    </RowGrid>
  );
}

const rowClass = (chosen: boolean): string =>
  clsx(
    "overflow-hidden border-b border-line px-4 py-1.5",
    "max-lg:flex max-lg:flex-wrap max-lg:content-center max-lg:items-center max-lg:gap-x-2",
    "has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent",
    COLUMNS,
    chosen ? "bg-accent-soft" : "bg-surface hover:bg-sunken",
  );
