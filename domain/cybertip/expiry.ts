const HOUR = 3_600_000;

/** How long the service keeps an unfinished report: a day from opening, an hour from the last change. */
export const LIMITS = { sinceOpened: 24 * HOUR, sinceChanged: HOUR } as const;

/**
 * When the service deletes an unfinished report: 24 hours after it was opened or one hour after the last upload or
 * file details, whichever is later.
 */
export function expiresAt(openedAt: Date, lastChangedAt: Date | null): Date {
  const changed = lastChangedAt === null ? 0 : lastChangedAt.getTime() + LIMITS.sinceChanged;
  return new Date(Math.max(openedAt.getTime() + LIMITS.sinceOpened, changed));
}
