"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { LOOK } from "../api/queries.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { auditKeys, fetchEvent } from "./api.ts";
import { EventRecord } from "./EventRecord.tsx";

/** The full record over the page it was opened from, so that the place in the log is kept. */
export function EventDialog({ eventId, onClose }: { eventId: string | null; onClose: () => void }) {
  return (
    <Dialog open={eventId !== null} onClose={onClose} title="Full record" wide>
      {eventId !== null && (
        <div className="-m-4">
          <LoadedRecord eventId={eventId} />
          <p className="border-t border-line px-4 py-2">
            <Link href={`/audit/events/${eventId}`} prefetch={false}>
              As a page of its own
            </Link>
          </p>
        </div>
      )}
    </Dialog>
  );
}

/** Reads a record and draws it. */
export function LoadedRecord({ eventId }: { eventId: string }) {
  const query = useQuery({
    queryKey: auditKeys.event(eventId),
    queryFn: ({ signal }) => fetchEvent(eventId, { signal }),
    meta: LOOK,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isPending) return <Waiting label="Reading the record" lines={10} />;
  if (query.isError)
    return (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  return <EventRecord event={query.data} />;
}
