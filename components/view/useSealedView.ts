"use client";

import { useCallback, useEffect, useReducer, useRef } from "react";
import { flushSync } from "react-dom";
import type { OpenViewResult, ViewContent } from "../../contracts/disclosure.ts";
import { ApiError } from "../api/ApiError.ts";
import { checkView, closeView, closeViewOnLeave, readView } from "../api/endpoints.ts";
import { useLiveEvents, useLiveState } from "../api/live.tsx";
import { serverNow } from "../api/serverClock.ts";
import { onSessionEnd } from "../api/sessionEnd.ts";
import { type Asked, nextViewState, type Resealed, SEALED, type ViewState } from "./viewMachine.ts";

/** How long a page may stay out of sight before what it shows is sealed. Until then it is only covered. */
const HIDDEN_MS = 60_000;

/** How often a page that hears nothing asks whether its view was ended. */
const UNHEARD_MS = 2_000;

/** Commits the view. Null: it did not come to a view, and the page goes on as it was. */
export type Begin = () => Promise<(OpenViewResult & { glassDueAt?: string }) | null>;

export type SealedView<Content = ViewContent> = {
  state: ViewState<Content>;
  /** `begin` states the reason, in whichever way leads to a view; what it refuses is told in the state. */
  open: (asked: Asked, begin: Begin) => Promise<void>;
  seal: (why: Resealed) => void;
};

/** What is read under a view: the thread, or a report's draft. Says until when it may be shown. */
export type Read<Content> = (viewId: string, signal: AbortSignal) => Promise<Content>;

/**
 * Called before a view is closed: sends what was written and not yet saved. The view is closed after it; null when
 * nothing is left to send.
 */
export type LastWords = (leaving: boolean) => Promise<unknown> | null;

/** Opens and seals the thread of a case. See `useSealed`. */
export function useSealedView(): SealedView {
  return useSealed(readView);
}

/**
 * Opens and seals content. It lives in this component's state and nowhere else, and goes when the view expires, is
 * closed, is revoked or its claim is lost; when the page is left, comes back from the back/forward cache, is out of
 * sight for a minute or the session ends.
 */
export function useSealed<Content extends { expiresAt: string }>(
  read: Read<Content>,
  lastWords?: LastWords,
): SealedView<Content> {
  const [state, dispatch] = useReducer(nextViewState<Content>, SEALED);
  const latest = useRef({ read, lastWords });
  useEffect(() => {
    latest.current = { read, lastWords };
  });
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
    const sending = latest.current.lastWords?.(how === "leaving") ?? null;
    if (how === "leaving") {
      // What is still being sent must not find its view closed: that one then ends by its own clock.
      if (!sending) closeViewOnLeave(viewId);
      return;
    }
    // Sealed here all the same when this does not arrive: the view then ends by its own clock.
    const close = (): Promise<void> => closeView(viewId, how === "by-page").catch(() => {});
    void (sending ? sending.then(close, close) : close());
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
    async (asked: Asked, begin: Begin): Promise<void> => {
      drop("by-person");
      const reading = new AbortController();
      current.current.reading = reading;
      dispatch({ type: "asked", ...asked });
      try {
        const view = await begin();
        if (!view) {
          if (!reading.signal.aborted) dispatch({ type: "refused", error: null });
          return;
        }
        if (reading.signal.aborted) {
          closeViewOnLeave(view.viewId);
          return;
        }
        current.current.viewId = view.viewId;
        const content = await latest.current.read(view.viewId, reading.signal);
        if (reading.signal.aborted) return;
        const expiresAt = Date.parse(content.expiresAt);
        current.current.expiresAt = expiresAt;
        current.current.deadline = performance.now() + Math.max(0, expiresAt - serverNow());
        const { viewId, grantId, truncated, glassDueAt = null } = view;
        dispatch({ type: "opened", viewId, grantId, expiresAt, truncated, glassDueAt, content });
      } catch (error) {
        if (!reading.signal.aborted) {
          drop("by-page");
          dispatch({ type: "refused", error });
        }
      }
    },
    [drop],
  );

  // Ended from elsewhere: by an officer, a lead, another page of one's own, or a policy that no longer allows it.
  useLiveEvents((event) => {
    if (event.type === "view_ended" && event.viewId === current.current.viewId) seal("revoked");
  });

  // While nothing is heard it is asked for instead, and once more when the stream stands again.
  const hears = useLiveState() === "live";
  const isOpen = state.phase === "open";
  useEffect(() => {
    if (!isOpen || hears) return;
    const check = async (): Promise<void> => {
      const { viewId } = current.current;
      if (!viewId) return;
      const over = await checkView(viewId).then(
        ({ open: readable }) => !readable,
        // The server's word ends it; a network that is away does not.
        (error: unknown) =>
          error instanceof ApiError && error.problem.status >= 400 && error.problem.status < 500,
      );
      if (over && current.current.viewId === viewId) seal("revoked");
    };
    void check();
    const timer = setInterval(() => void check(), UNHEARD_MS);
    return () => {
      clearInterval(timer);
      void check();
    };
  }, [isOpen, hears, seal]);

  // The view's own clock. Two clocks are asked: neither a changed machine clock nor a slept-through hour may stretch it.
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
