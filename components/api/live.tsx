"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { LiveEvent } from "../../contracts/live.ts";
import { fetchMe } from "./endpoints.ts";
import { type LiveState, startLive } from "./liveSource.ts";
import { isKeptUp, keys } from "./queries.ts";
import { endSession } from "./sessionEnd.ts";

type Listener = (event: LiveEvent) => void;
type Live = { state: LiveState; subscribe: (listener: Listener) => () => void };
const Context = createContext<Live>({ state: "connecting", subscribe: () => () => {} });

/** Counts may lag this far behind: a busy queue must not make each page ask on each event. */
const COUNTS_LAG_MS = 2_500;

/** Listens to the live stream for all pages below: refreshes what is shown and ends the session when told. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  const listeners = useRef(new Set<Listener>());

  useEffect(() => {
    let countsTimer: ReturnType<typeof setTimeout> | undefined;
    let lost = false;
    const refreshCountsSoon = (): void => {
      countsTimer ??= setTimeout(() => {
        countsTimer = undefined;
        void client.invalidateQueries({ queryKey: keys.queues });
      }, COUNTS_LAG_MS);
    };
    const onEvent = (event: LiveEvent): void => {
      if (event.type === "session_ended") {
        endSession("ended");
        return;
      }
      for (const queryKey of staleAfter(event)) void client.invalidateQueries({ queryKey });
      if (event.type === "case_changed" || event.type === "queue_changed") refreshCountsSoon();
      for (const listener of listeners.current) listener(event);
    };
    const onState = (next: LiveState): void => {
      setState(next);
      if (next === "lost") {
        lost = true;
        // A stream that ends may mean a session that ended: an answer of 401 to this ends it here too.
        void fetchMe({ background: true }).catch(() => {});
      } else if (next === "live" && lost) {
        lost = false;
        void client.invalidateQueries({ predicate: isKeptUp });
      }
    };
    const stop = startLive(onEvent, onState);
    return () => {
      clearTimeout(countsTimer);
      stop();
    };
  }, [client]);

  const live = useMemo<Live>(
    () => ({
      state,
      subscribe: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [state],
  );
  return <Context value={live}>{children}</Context>;
}

/** What a page has read and must read anew after an event. */
function staleAfter(event: LiveEvent): readonly QueryKey[] {
  switch (event.type) {
    case "case_changed":
      return [keys.case(event.caseId)];
    case "request_changed":
      return [keys.requests, keys.grants];
    case "view_ended":
      return [keys.grants];
    case "break_glass":
      return [keys.glass, keys.grants, keys.notices];
    case "notice":
      return [keys.notices];
    case "policy_changed":
      return [keys.policies, keys.cases, keys.grants];
    default:
      return [];
  }
}

/** Whether live updates arrive. */
export function useLiveState(): LiveState {
  return useContext(Context).state;
}

/** Calls back for each live event while the component is there. */
export function useLiveEvents(listener: Listener): void {
  const { subscribe } = useContext(Context);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => subscribe((event) => latest.current(event)), [subscribe]);
}
