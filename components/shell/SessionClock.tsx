"use client";

import { useQueryClient } from "@tanstack/react-query";
import { TimerReset } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { fetchMe } from "../api/endpoints.ts";
import { keys, useMe } from "../api/queries.ts";
import { noteSessionLimits, readSessionLimits, subscribeSessionLimits } from "../api/sessionClock.ts";
import { Button } from "../ui/Button.tsx";
import { clockWords } from "../ui/timeWords.ts";
import { useNow } from "../ui/useNow.ts";

const SHOWN_BELOW_MS = 5 * 60_000;

/** Shows itself in the last five minutes of a session, and lets an idle one go on. */
export function SessionClock() {
  const client = useQueryClient();
  useMe();
  const limits = useSyncExternalStore(subscribeSessionLimits, readSessionLimits, () => null);
  const now = useNow("second");
  const idles = limits !== null && limits.idleExpiresAt < limits.expiresAt;
  const left =
    limits === null ? Number.POSITIVE_INFINITY : Math.min(limits.idleExpiresAt, limits.expiresAt) - now;
  const over = limits !== null && now > 0 && left <= 0;

  useEffect(() => {
    // The server decides: the answer ends the page's session, or tells that the limit has moved.
    if (over)
      void fetchMe({ background: true }).then(
        (me) => noteSessionLimits(me.session.expiresAt, me.session.idleExpiresAt, false),
        () => {},
      );
  }, [over]);

  if (now === 0 || left > SHOWN_BELOW_MS) return null;
  const stay = async (): Promise<void> => {
    const me = await fetchMe();
    noteSessionLimits(me.session.expiresAt, me.session.idleExpiresAt, true);
    client.setQueryData(keys.me, me);
  };
  return (
    <div className="flex items-center gap-2 text-warn">
      <TimerReset aria-hidden className="size-4" />
      <span aria-hidden className="whitespace-nowrap">
        <span className="max-sm:hidden">Session ends in </span>
        {clockWords(left)}
      </span>
      <span className="sr-only" role="status">
        {idles
          ? "Your session ends in less than five minutes unless you go on."
          : "Your session ends in less than five minutes. Sign in again to go on after that."}
      </span>
      {idles && (
        <Button small onClick={() => void stay().catch(() => {})}>
          Stay
        </Button>
      )}
    </div>
  );
}
