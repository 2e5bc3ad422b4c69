/**
 * An idle session must end although the page keeps beating and refreshing. Requests that the page makes by itself are
 * marked, unless the person has used keyboard, pointer or wheel since the last unmarked request: someone who reads a
 * long thread is not idle.
 */
let usedSinceLastRequest = true;

if (typeof window !== "undefined") {
  const note = (): void => {
    usedSinceLastRequest = true;
  };
  for (const type of ["keydown", "pointerdown", "wheel", "touchmove"])
    window.addEventListener(type, note, { capture: true, passive: true });
}

/** Whether a request that the page makes by itself is to be marked as such. Resets the record when it is not. */
export function markAsBackground(madeByThePage: boolean): boolean {
  if (madeByThePage && !usedSinceLastRequest) return true;
  usedSinceLastRequest = false;
  return false;
}
