"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { PREFERENCES_COOKIE, type Preferences, preferenceCookie, type Theme } from "./preferenceCookie.ts";

type Held = Preferences & { set: (change: Partial<Preferences>) => void };
const Context = createContext<Held | null>(null);

/** Holds the person's choices for all pages; the first values come with the page, so that nothing flickers. */
export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [chosen, setChosen] = useState(initial);
  const latest = useRef(initial);
  const set = useCallback((change: Partial<Preferences>) => {
    latest.current = { ...latest.current, ...change };
    setChosen(latest.current);
    applyTheme(latest.current.theme);
    // A browser without a cookie store keeps the choice until the page is left; nothing depends on it.
    void window.cookieStore?.set(preferenceCookie(latest.current)).catch(() => {});
  }, []);
  const held = useMemo(() => ({ ...chosen, set }), [chosen, set]);
  return <Context value={held}>{children}</Context>;
}

/** The person's choices and the way to change them. */
export function usePreferences(): Held {
  const held = useContext(Context);
  if (!held) throw new Error(`${PREFERENCES_COOKIE}: no provider above this component`);
  return held;
}

function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
