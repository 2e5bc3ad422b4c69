"use client";

import clsx from "clsx";
import { Hourglass } from "lucide-react";
import { clockWords } from "../ui/timeWords.ts";
import { useNow } from "../ui/useNow.ts";

/** How long the view stays open. Says so aloud when a minute and when ten seconds are left. */
export function ViewClock({ expiresAt }: { expiresAt: number }) {
  const left = expiresAt - useNow("second");
  const short = left <= 60_000;
  return (
    <span
      className={clsx("inline-flex items-center gap-1 font-semibold", short ? "text-danger" : "text-ink")}
    >
      <Hourglass aria-hidden className="size-4" />
      <span role="timer" aria-label={`The view closes in ${clockWords(left)}`}>
        {clockWords(left)}
      </span>
      <span className="sr-only" aria-live="polite">
        {left <= 10_000 ? "Ten seconds left in this view" : short ? "One minute left in this view" : ""}
      </span>
    </span>
  );
}
