/**
 * The review to go on with: the next one of the list that is due, then those before it, so that whoever leaves some
 * for later comes past all of them. One that is no longer in the list has been done: the list then begins anew.
 */
export function nextDue<Review extends { id: string; state: "due" | "done" }>(
  reviews: readonly Review[],
  current: string | null,
): Review | undefined {
  const at = reviews.findIndex(({ id }) => id === current);
  return [...reviews.slice(at + 1), ...reviews.slice(0, Math.max(0, at))].find(
    ({ state }) => state === "due",
  );
}
