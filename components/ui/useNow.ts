"use client";

import { useSyncExternalStore } from "react";
import { serverNow } from "../api/serverClock.ts";

type Ticker = { subscribe: (changed: () => void) => () => void; read: () => number };

function ticker(everyMs: number): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = 0;
  return {
    read: () => now,
    subscribe(changed) {
      now = serverNow();
      listeners.add(changed);
      timer ??= setInterval(() => {
        now = serverNow();
        for (const listener of listeners) listener();
      }, everyMs);
      return () => {
        listeners.delete(changed);
        if (listeners.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      };
    },
  };
}

const SECOND = ticker(1000);
const HALF_MINUTE = ticker(30_000);

/**
 * The server's time in milliseconds, ticking: one timer for the whole page. 0 while the page is drawn on the server,
 * where there is no clock to show.
 */
export function useNow(every: "second" | "half-minute" = "half-minute"): number {
  const { subscribe, read } = every === "second" ? SECOND : HALF_MINUTE;
  const now = useSyncExternalStore(subscribe, read, () => 0);
  return now || (typeof window === "undefined" ? 0 : serverNow());
}
