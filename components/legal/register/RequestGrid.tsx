"use client";

import clsx from "clsx";
import Link from "next/link";
import type { RequestRow } from "../../../contracts/legal/requests.ts";
import { RowGrid, type RowLook } from "../../ui/RowGrid.tsx";
import { COLUMN_TITLES, COLUMNS, RequestRowCells } from "./RequestRowCells.tsx";

const LOOK: RowLook = {
  height: { wide: 42, narrow: 104 },
  wideFrom: "(min-width: 64rem)",
  columns: COLUMNS,
  atLeast: "lg:min-w-[84rem]",
  titles: COLUMN_TITLES,
  focus: "a",
};

type Props = {
  label: string;
  rows: RequestRow[];
  selected: number;
  onSelect: (index: number) => void;
  focusCount: number;
  onNearEnd: () => void;
  complete: boolean;
};

/** The rows of the register, however many. */
export function RequestGrid({ onSelect, ...props }: Props) {
  return (
    <RowGrid {...props} look={LOOK} rowClass={rowClass}>
      {(row, index, chosen) => (
        <>
          <Link
            href={`/lawful-requests/${row.id}`}
            prefetch={false}
            tabIndex={chosen ? 0 : -1}
            onFocus={() => onSelect(index)}
            className="font-semibold text-ink no-underline outline-none before:absolute before:inset-0"
          >
            {row.shownNumber}
          </Link>
          <RequestRowCells row={row} />
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
