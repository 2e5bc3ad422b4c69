/** What a person chose about the tool itself. Kept in a cookie so that the server draws the first page right. */
export type Theme = "system" | "light" | "dark";
export type Preferences = {
  theme: Theme;
  /** After a decision, claim the next case of the queue and go there. */
  autoNext: boolean;
  /** Single-key shortcuts can be turned off (WCAG 2.2, 2.1.4). */
  singleKeys: boolean;
};

export const PREFERENCES_COOKIE = "unseal-preferences";
export const DEFAULT_PREFERENCES: Preferences = { theme: "system", autoNext: true, singleKeys: true };

/** Reads the cookie's value; anything unknown in it falls back to the default. */
export function readPreferences(value: string | undefined): Preferences {
  const parts = new URLSearchParams(value ?? "");
  const theme = parts.get("theme");
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    autoNext: parts.get("next") !== "0",
    singleKeys: parts.get("keys") !== "0",
  };
}

/** The cookie as the Cookie Store API takes it. Readable by scripts on purpose: it holds no secret. */
export function preferenceCookie(chosen: Preferences) {
  const value = new URLSearchParams({
    theme: chosen.theme,
    next: chosen.autoNext ? "1" : "0",
    keys: chosen.singleKeys ? "1" : "0",
  });
  const aYear = 365 * 24 * 60 * 60 * 1000;
  return {
    name: PREFERENCES_COOKIE,
    value: value.toString(),
    path: "/",
    expires: Date.now() + aYear,
    sameSite: "lax" as const,
  };
}
