import { type Finding, isRare, type Span, severityOf } from "./signal.ts";
import { negativeBinomialTail } from "./tails.ts";
import { about, chance, count, times } from "./words.ts";

export interface PersonDay {
  readonly staff: string;
  readonly queue: string;
  /** The day in UTC. */
  readonly day: string;
  readonly cases: number;
}

const VERSION = 1;
const LEAST_CASES = 30;
const LEAST_PEERS = 4;
const LEAST_DAYS = 25;
/** Beyond the busiest days of colleagues, and not merely rare among them. */
const TIMES_BUSIEST = 1.5;

/**
 * Far more cases opened in a queue on the last day than colleagues open on theirs.
 *
 * Person-days of colleagues in the same queue over four weeks are fitted by a negative binomial (mean and variance by
 * moments: people differ, and days do); the tail of the day in question is exact. A day must also pass one and a half times
 * what colleagues stay below on 95 of 100 days: a long shift is no signal. This is what "God View" looked like from the log:
 * employees looking up account after account (BuzzFeed News, 18 November 2014; FTC, In the Matter of Uber Technologies,
 * docket C-4662, complaint ¶¶ 11–15).
 */
export function findVolume(rows: readonly PersonDay[], day: string, span: Span): Finding[] {
  const queues = Map.groupBy(rows, (row) => row.queue);
  const candidates = rows.filter((row) => row.day === day && row.cases >= LEAST_CASES);
  return candidates.flatMap((row) => {
    const peers = (queues.get(row.queue) ?? []).filter((other) => other.staff !== row.staff);
    if (new Set(peers.map(({ staff }) => staff)).size < LEAST_PEERS || peers.length < LEAST_DAYS) return [];
    const cases = peers.map((other) => other.cases).sort((a, b) => a - b);
    const mean = cases.reduce((sum, value) => sum + value, 0) / cases.length;
    const variance = cases.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (cases.length - 1);
    const busy = cases[Math.ceil(cases.length * 0.95) - 1] ?? mean;
    const tail = negativeBinomialTail(row.cases, mean, variance);
    if (row.cases < TIMES_BUSIEST * busy || !isRare(tail, candidates.length)) return [];
    return {
      ...span,
      subject: row.staff,
      detector: "volume" as const,
      version: VERSION,
      pattern: row.queue,
      severity: severityOf(tail, row.cases / Math.max(1, mean)),
      numbers: {
        day,
        cases: row.cases,
        peersMean: mean,
        peersBusy: busy,
        peerDays: peers.length,
        chance: tail,
      },
      explanation:
        `Opened ${count(row.cases, "case")} of one queue on ${day} (UTC). Colleagues in that queue open ${about(mean)} a day, ` +
        `and ${count(busy, "case")} or fewer on 95 of 100 days: this is ${times(row.cases / Math.max(1, mean))} their usual day. ` +
        `Among honest colleagues such a day has a chance of ${chance(tail)}.`,
      newEvidence: 10,
    };
  });
}
