import { againstPeers, type Tally } from "./againstPeers.ts";
import { type Finding, isRare, type Span, severityOf } from "./signal.ts";
import { chance, count, percent } from "./words.ts";

export interface PersonHour {
  readonly staff: string;
  readonly queue: string;
  /** Hour of the day in UTC, 0 to 23. */
  readonly hour: number;
  /** Cases opened at this hour over the 28 days before; null for none. */
  readonly before: number | null;
  /** And on the last day. */
  readonly today: number | null;
}

const VERSION = 1;
const LEAST_CASES = 5;
const LEAST_PEER_CASES = 200;
/** An hour is quiet when colleagues open less than this share of their cases in it and the hours beside it. */
const QUIET = 0.005;

/**
 * Opening cases while the queue rests: at hours of the day at which nobody else in the queue works, nor in the hours beside
 * them. Measured against colleagues and not against a clock, so a night shift that is worked by several is like any other,
 * and covering for one is no signal; overtime runs into the hour beside a shift and is none either.
 */
export function findHours(rows: readonly PersonHour[], day: string, span: Span): Finding[] {
  const tallies: Tally[] = [];
  const quietOf = new Map<string, number[]>();
  for (const [queue, all] of Map.groupBy(rows, (row) => row.queue)) {
    for (const [staff, own] of Map.groupBy(all, (row) => row.staff)) {
      const quiet = quietHours(all.filter((row) => row.staff !== staff));
      if (!quiet) continue;
      const k = own.reduce((sum, row) => sum + (quiet.includes(row.hour) ? (row.today ?? 0) : 0), 0);
      const n = own.reduce((sum, row) => sum + (row.today ?? 0), 0);
      if (n > 0) tallies.push({ staff, stratum: queue, n, k });
      if (k > 0) quietOf.set(staff, [...(quietOf.get(staff) ?? []), ...quiet]);
    }
  }
  return againstPeers(tallies).flatMap(({ staff, n, k, base, tail }) => {
    if (k < LEAST_CASES || !isRare(tail, tallies.length)) return [];
    return {
      ...span,
      subject: staff,
      detector: "hours" as const,
      version: VERSION,
      pattern: "hours",
      severity: severityOf(tail, 1),
      numbers: { day, cases: n, quietCases: k, base, chance: tail },
      explanation:
        `Opened ${count(k, "case")} of ${n} on ${day} at hours (UTC) at which nobody else in the same queues works, ` +
        `${percent(k / n)} of the day. Colleagues open ${percent(base)} of theirs at such hours. ` +
        `Among honest colleagues that has a chance of ${chance(tail)}.`,
      newEvidence: 5,
    };
  });
}

function quietHours(peers: readonly PersonHour[]): number[] | null {
  const byHour = Array.from({ length: 24 }, () => 0);
  for (const { hour, before } of peers) byHour[hour] = (byHour[hour] ?? 0) + (before ?? 0);
  const all = byHour.reduce((sum, value) => sum + value, 0);
  if (all < LEAST_PEER_CASES) return null;
  const around = (hour: number) =>
    [23, 0, 1].reduce((sum, by) => sum + (byHour[(hour + by) % 24] ?? 0), 0) / all;
  return byHour.flatMap((_, hour) => (around(hour) < QUIET ? [hour] : []));
}
