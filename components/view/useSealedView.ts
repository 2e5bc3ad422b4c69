"use client";

import { useCallback, useEffect, useReducer, useRef } from "react";
import { flushSync } from "react-dom";
import type { OpenViewRequest } from "../../contracts/disclosure.ts";
import type { Scope } from "../../domain/vocabulary.ts";
import { closeView, closeViewOnLeave, openView, readView } from "../api/endpoints.ts";
import { useLiveEvents } from "../api/live.tsx";
import { serverNow } from "../api/serverClock.ts";
import { onSessionEnd } from "../api/sessionEnd.ts";
import { nextViewState, type Resealed, SEALED, type ViewState } from "./viewMachine.ts";

/** How long a page may stay out of sight before what it shows is sealed. Until then it is only covered. */
const HIDDEN_MS = 60_000;

export type SealedView = {
  state: ViewState;
  open: (asked: OpenViewRequest) => Promise<void>;
  seal: (why: Resealed) => void;
};

/**
 * Opens and seals the thread of one case. The content lives in this component's state and nowhere else, and goes when
 * the view expires, is closed, is revoked or its claim is lost; when the page is left, comes back from the back/forward
 * cache, is out of sight for a minute or the session ends.
 */
export function useSealedView(caseId: string): SealedView {
  const [state, dispatch] = useReducer(nextViewState, SEALED);
  const current = useRef<{
    viewId: string | null;
    expiresAt: number;
    deadline: number;
    reading: AbortController | null;
  }>({
    viewId: null,
    expiresAt: 0,
    deadline: 0,
    reading: null,
  });

  /** Forgets the view and says so to the server: the log then knows how long it was open. */
  const drop = useCallback((how: "leaving" | "by-person" | "by-page" | "over"): void => {
    const { viewId, reading } = current.current;
    reading?.abort();
    current.current = { viewId: null, expiresAt: 0, deadline: 0, reading: null };
    // A view that is over has closed itself.
    if (!viewId || how === "over") return;
    if (how === "leaving") closeViewOnLeave(viewId);
    // Sealed here all the same when this does not arrive: the view then ends by its own clock.
    else void closeView(viewId, how === "by-page").catch(() => {});
  }, []);

  const seal = useCallback(
    (why: Resealed): void => {
      drop(
        why === "expired" || why === "revoked"
          ? "over"
          : why === "closed" || why === "decided"
            ? "by-person"
            : "by-page",
      );
      dispatch({ type: "resealed", why });
    },
    [drop],
  );

  const open = useCallback(
    async (asked: OpenViewRequest): Promise<void> => {
      drop("by-person");
      const scope: Scope = asked.scope ?? "flagged_window";
      const reading = new AbortController();
      current.current.reading = reading;
      dispatch({ type: "asked", scope });
      try {
        const view = await openView(caseId, asked);
        if (reading.signal.aborted) {
          closeViewOnLeave(view.viewId);
          return;
        }
        current.current.viewId = view.viewId;
        const content = await readView(view.viewId, reading.signal);
        if (reading.signal.aborted) return;
        const expiresAt = Date.parse(content.expiresAt);
        current.current.expiresAt = expiresAt;
        current.current.deadline = performance.now() + Math.max(0, expiresAt - serverNow());
        dispatch({ type: "opened", viewId: view.viewId, expiresAt, truncated: view.truncated, content });
      } catch (error) {
        if (!reading.signal.aborted) {
          drop("by-page");
          dispatch({ type: "refused", error });
        }
      }
    },
    [caseId, drop],
  );

  // Ended from elsewhere: by an officer, a lead, another page of one's own, or a policy that no longer allows it.
  useLiveEvents((event) => {
    if (event.type === "view_ended" && event.viewId === current.current.viewId) seal("revoked");
  });

  // The view's own clock. Two clocks are asked: neither a changed machine clock nor a slept-through hour may stretch it.
  const isOpen = state.phase === "open";
  useEffect(() => {
    if (!isOpen) return;
    const check = (): void => {
      const { expiresAt, deadline } = current.current;
      if (serverNow() >= expiresAt || performance.now() >= deadline) seal("expired");
    };
    const timer = setInterval(check, 500);
    document.addEventListener("visibilitychange", check);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", check);
    };
  }, [isOpen, seal]);

  // Out of sight: covered at once by the page (see `useOutOfSight`), sealed after a minute.
  useEffect(() => {
    if (!isOpen) return;
    let hiddenAt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onVisibility = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === "hidden") {
        hiddenAt = Date.now();
        timer = setTimeout(() => seal("hidden"), HIDDEN_MS);
      } else if (hiddenAt > 0 && Date.now() - hiddenAt >= HIDDEN_MS) {
        // Timers of a frozen page do not run.
        seal("hidden");
      }
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [isOpen, seal]);

  // The page is going, or comes back as it was. `flushSync`: the browser keeps the page as it stands when this returns.
  useEffect(() => {
    const wipe = (): void => {
      drop("leaving");
      flushSync(() => dispatch({ type: "resealed", why: "left" }));
    };
    const onShow = (event: PageTransitionEvent): void => {
      if (event.persisted) wipe();
    };
    window.addEventListener("pagehide", wipe);
    window.addEventListener("pageshow", onShow);
    document.addEventListener("freeze", wipe);
    const forget = onSessionEnd(wipe);
    return () => {
      window.removeEventListener("pagehide", wipe);
      window.removeEventListener("pageshow", onShow);
      document.removeEventListener("freeze", wipe);
      forget();
      // Left by a link inside the app.
      drop("by-page");
    };
  }, [drop]);

  return { state, open, seal };
}
