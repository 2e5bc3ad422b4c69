/** How often and how fast something is tried again by itself. */
export interface Pace {
  /** Milliseconds to wait after the first failure, the second, and so on; the last stands for all further ones. */
  readonly waits: readonly number[];
  /** How often a call is made without any going through before a person must look. */
  readonly tries: number;
  /** How many reports are opened at the service for one report of ours. */
  readonly attempts: number;
  /** How many of them may end because a file arrived otherwise than it was sent, or could not be fetched. */
  readonly spoilt: number;
}

const MINUTE = 60_000;

/** A service that is away is tried for about two days. */
export const PACE: Pace = {
  waits: [5_000, 15_000, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE],
  tries: 50,
  attempts: 50,
  spoilt: 4,
};

/** How long to wait after so many failures in a row. */
export function waitAfter(failures: number, { waits }: Pace): number {
  return failures === 0 ? 0 : (waits[Math.min(failures, waits.length) - 1] ?? 0);
}
