"use client";

import type { AuditEvent } from "../../contracts/audit.ts";
import { RowGrid, type RowLook } from "../ui/RowGrid.tsx";
import { COLUMN_TITLES, COLUMNS } from "./EventCells.tsx";
import { EventRow } from "./EventRow.tsx";

const LOOK: RowLook = {
  height: { wide: 48, narrow: 76 },
  wideFrom: "(min-width: 48rem)",
  columns: COLUMNS,
  atLeast: "md:min-w-5xl",
  titles: COLUMN_TITLES,
  focus: "button",
};

type Props = {
  label: string;
  events: AuditEvent[];
  selected: number;
  onSelect: (index: number) => void;
  onOpen: (event: AuditEvent, index: number) => void;
  focusCount: number;
  onNearEnd: () => void;
  complete: boolean;
};

/** The rows of the log, however many. */
export function EventGrid({ events, onSelect, onOpen, ...props }: Props) {
  return (
    <RowGrid {...props} rows={events} look={LOOK}>
      {(event, index, chosen) => (
        <EventRow
          event={event}
          chosen={chosen}
          onSelect={() => onSelect(index)}
          onOpen={() => onOpen(event, index)}
        />
      )}
    </RowGrid>
  );
}
