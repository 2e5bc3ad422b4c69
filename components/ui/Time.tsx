"use client";

import { relativeWords, utcWords } from "./timeWords.ts";
import { useNow } from "./useNow.ts";

/** How long ago or how soon, with the UTC instant on hover and, where asked for, beside it. */
export function Time({ at, both = false }: { at: string; both?: boolean }) {
  const now = useNow();
  const absolute = utcWords(at);
  return (
    <time dateTime={at} title={absolute} suppressHydrationWarning>
      {now === 0 ? absolute : relativeWords(Date.parse(at), now)}
      {both && now !== 0 && <span className="text-muted"> · {absolute}</span>}
    </time>
  );
}

/** The instant itself, in UTC. */
export function Instant({ at, seconds = false }: { at: string; seconds?: boolean }) {
  return <time dateTime={at}>{utcWords(at, seconds)}</time>;
}
