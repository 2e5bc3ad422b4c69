const SHARES = 4;

/**
 * The share of some tricks that falls to a route. All routes go through one gate (`server/http/route.ts`), so each trick is tried on
 * every fourth of them, and each route meets a fourth of the tricks.
 *
 * @param place of the route among all
 */
export const shareOf = <T>(tricks: readonly T[], place: number): T[] =>
  tricks.filter((_, i) => i % SHARES === place % SHARES);
