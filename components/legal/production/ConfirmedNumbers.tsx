"use client";

import { PhoneCall } from "lucide-react";
import { Notice } from "../../ui/Notice.tsx";
import { useAgencies, useRequest } from "../queries.ts";

/** The numbers of the agency that one entered and another confirmed: the only ones to tell a code to. */
export function ConfirmedNumbers({ requestId }: { requestId: string }) {
  const { data: request } = useRequest(requestId);
  const { data } = useAgencies({});
  if (!request || !data) return null;
  const agency = data.agencies.find(({ id }) => id === request.agencyId);
  const numbers = agency?.numbers.filter(({ counts }) => counts) ?? [];
  if (numbers.length === 0)
    return (
      <Notice tone="warn" title="No number of this agency is confirmed in the directory">
        Confirm one first, or choose another way for the code. Never call a number out of the request.
      </Notice>
    );
  return (
    <ul aria-label="Confirmed numbers" className="grid gap-1">
      {numbers.map((one) => (
        <li key={one.id} className="flex flex-wrap items-center gap-x-2">
          <PhoneCall aria-hidden className="size-4 text-ok" />
          <strong>{one.number}</strong>
          <span className="text-muted">
            {one.label} · confirmed by {one.confirmedBy?.name}
          </span>
        </li>
      ))}
    </ul>
  );
}
