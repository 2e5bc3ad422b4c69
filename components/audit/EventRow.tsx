"use client";

import clsx from "clsx";
import Link from "next/link";
import type { AuditEvent } from "../../contracts/audit.ts";
import { auditActionLabel } from "../../domain/auditActions.ts";
import { utcWords } from "../ui/timeWords.ts";
import { ActCell, actorName, COLUMNS, WhenCell, WhoCell, WhyCell } from "./EventCells.tsx";

type Props = {
  event: AuditEvent;
  onOpen: () => void;
  chosen?: boolean;
  onSelect?: () => void;
};

/** One event as a line. Pressed anywhere it shows the full record; the case's number leads to the case's trail. */
export function EventRow({ event, onOpen, chosen, onSelect }: Props) {
  return (
    <div
      className={clsx(
        "relative h-full overflow-hidden border-b border-line px-4 py-1",
        "max-md:flex max-md:flex-wrap max-md:content-center max-md:items-center max-md:gap-x-2.5",
        "has-[.row:focus-visible]:outline-2 has-[.row:focus-visible]:-outline-offset-2 has-[.row:focus-visible]:outline-accent",
        COLUMNS,
        chosen ? "bg-accent-soft" : "bg-surface hover:bg-sunken",
      )}
    >
      <WhenCell at={event.at} />
      <WhoCell event={event} />
      <span className="h-0 basis-full md:hidden" aria-hidden />
      <ActCell event={event}>
        <button
          type="button"
          tabIndex={chosen === false ? -1 : 0}
          onFocus={onSelect}
          onClick={onOpen}
          className="row font-semibold outline-none before:absolute before:inset-0"
        >
          {auditActionLabel(event.action)}
          <span className="sr-only">
            , {actorName(event)}, {utcWords(event.at, true)}: full record
          </span>
        </button>
      </ActCell>
      <span className="min-w-0 max-md:ml-auto">
        {event.case ? (
          <Link
            href={`/audit/cases/${event.case.id}`}
            prefetch={false}
            tabIndex={chosen === false ? -1 : 0}
            className="relative"
          >
            {event.case.number === null ? "Case" : `Case ${event.case.number}`}
          </Link>
        ) : (
          <span className="text-muted max-md:hidden">–</span>
        )}
      </span>
      <span className="h-0 basis-full md:hidden" aria-hidden />
      <WhyCell event={event} className="max-md:w-full" />
      <span className="truncate font-mono text-[0.857rem] text-muted max-md:hidden">{event.ip ?? "–"}</span>
    </div>
  );
}
