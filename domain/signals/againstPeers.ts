import { betaBinomialTail } from "./tails.ts";

/** Of n things that somebody did in a stratum (a queue, say), k were of the kind that is counted. */
export interface Tally {
  readonly staff: string;
  readonly stratum: string;
  readonly n: number;
  readonly k: number;
}

export interface Judged {
  readonly staff: string;
  readonly n: number;
  readonly k: number;
  /** What k would be, had their colleagues in the same strata done the same n things. */
  readonly expected: number;
  /** Of the colleagues' things, the share that was of the kind. */
  readonly base: number;
  /** How much colleagues differ among themselves: the correlation ρ of the beta-binomial. */
  readonly spread: number;
  /** P(at least k) for a colleague. */
  readonly tail: number;
}

/** People differ: a spread smaller than this is not believed, however alike the colleagues look. */
const LEAST_SPREAD = 0.004;
/** Fewer things than this of colleagues in a stratum say nothing of it: the rate over all strata stands in. */
const ENOUGH = 20;

/**
 * Holds each person's share against the base rate of their colleagues in the same strata, the person left out.
 *
 * The expectation is summed stratum by stratum, so a queue of mostly minors, a night shift or a region explains itself. A
 * sum of binomials with different probabilities has a lighter tail than the one binomial of the same mean beyond it
 * (Hoeffding, "On the Distribution of the Number of Successes in Independent Trials", Ann. Math. Stat. 27 (1956) 713–721,
 * theorem 5), so one mean for all strata errs on the quiet side. Honest people differ from each other; how much is estimated
 * from the colleagues by moments (Kleinman, JASA 68 (1973) 46–54) and widens the tail: beta-binomial and not binomial.
 *
 * @returns one judgement a person with anything to compare; none where nobody else did anything
 */
export function againstPeers(tallies: readonly Tally[]): Judged[] {
  const strata = new Map<string, { n: number; k: number }>();
  const people = new Map<string, Tally[]>();
  let [allN, allK] = [0, 0];
  for (const tally of tallies) {
    const stratum = strata.get(tally.stratum) ?? { n: 0, k: 0 };
    strata.set(tally.stratum, { n: stratum.n + tally.n, k: stratum.k + tally.k });
    const own = people.get(tally.staff);
    if (own) own.push(tally);
    else people.set(tally.staff, [tally]);
    allN += tally.n;
    allK += tally.k;
  }
  const rows = [...people].flatMap(([staff, own]) => {
    const n = own.reduce((sum, tally) => sum + tally.n, 0);
    const k = own.reduce((sum, tally) => sum + tally.k, 0);
    const [othersN, othersK] = [allN - n, allK - k];
    if (n === 0 || othersN === 0) return [];
    // Half a thing of the kind is always taken to have happened: a base rate of nothing proves nothing.
    const overall = (othersK + 0.5) / (othersN + 1);
    let expected = 0;
    for (const tally of own) {
      const whole = strata.get(tally.stratum) ?? { n: 0, k: 0 };
      const [peersN, peersK] = [whole.n - tally.n, whole.k - tally.k];
      expected += tally.n * (peersN >= ENOUGH ? (peersK + overall) / (peersN + 1) : overall);
    }
    return [{ staff, n, k, expected, base: expected / n }];
  });
  // Each one's distance from what their colleagues would do, in variances of a binomial, less the one that chance gives.
  const excess = rows.map(({ n, k, expected, base }) => {
    const variance = Math.max(1e-9, n * base * (1 - base));
    return n > 1 ? ((k - expected) ** 2 / variance - 1) / (n - 1) : 0;
  });
  // Without the strangest twentieth: whoever is to be found must not hide whoever else is to be found.
  const most = [...excess].sort((a, b) => a - b)[Math.ceil(excess.length * 0.95) - 1] ?? 0;
  return rows.map((row, i) => {
    const others = excess.filter((value, at) => at !== i && value <= most);
    const mean = others.reduce((sum, value) => sum + value, 0) / Math.max(1, others.length);
    const spread = Math.min(0.5, Math.max(LEAST_SPREAD, mean * 1.5));
    return { ...row, spread, tail: betaBinomialTail(row.k, row.n, row.base, spread) };
  });
}
