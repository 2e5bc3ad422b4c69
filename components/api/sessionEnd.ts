type Ending = "ended" | "signed-out";
const listeners = new Set<() => void>();
let ending = false;

/** Calls back at the moment the session ends, before the page goes. For wiping what is shown. */
export function onSessionEnd(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Wipes and leaves for the sign-in page with a full load, so that nothing of this page's memory lives on. The address
 * to return to holds ids only.
 */
export function endSession(why: Ending): void {
  if (ending || typeof window === "undefined") return;
  ending = true;
  for (const listener of listeners) listener();
  const from = window.location.pathname + window.location.search;
  const query = new URLSearchParams(why === "ended" ? { ended: "1", next: from } : {});
  window.location.replace(`/sign-in${query.size > 0 ? `?${query}` : ""}`);
}
