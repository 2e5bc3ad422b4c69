/** Places of the log, both included. */
export interface Gap {
  readonly first: number;
  readonly last: number;
}

/**
 * Places that should hold a leaf and do not: between where reading went on and what was found, and within it.
 *
 * @param from the place that was asked for
 * @param found places, rising
 */
export function gapsOf(from: number, found: readonly number[]): Gap[] {
  const gaps: Gap[] = [];
  let expected = from;
  for (const index of found) {
    if (index > expected) gaps.push({ first: expected, last: index - 1 });
    expected = index + 1;
  }
  return gaps;
}
