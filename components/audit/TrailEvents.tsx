"use client";

import { useState } from "react";
import type { AuditEvent } from "../../contracts/audit.ts";
import { Button } from "../ui/Button.tsx";
import { EventDialog } from "./EventDialog.tsx";
import { EventRow } from "./EventRow.tsx";

type Props = {
  label: string;
  events: readonly AuditEvent[];
  /** Reads the next page; left out when there is none. */
  onMore: (() => void) | undefined;
  busy: boolean;
};

/** The events of one trail, newest first, with the full record of each at a press. */
export function TrailEvents({ label, events, onMore, busy }: Props) {
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <>
      <div className="overflow-x-auto border-t border-line">
        <ol aria-label={label} className="md:min-w-5xl">
          {events.map((event) => (
            <li key={event.id} className="md:h-[48px]">
              <EventRow event={event} onOpen={() => setOpened(event.id)} />
            </li>
          ))}
        </ol>
      </div>
      {onMore && (
        <div className="p-3">
          <Button busy={busy} onClick={onMore}>
            Read earlier events
          </Button>
        </div>
      )}
      <EventDialog eventId={opened} onClose={() => setOpened(null)} />
    </>
  );
}
