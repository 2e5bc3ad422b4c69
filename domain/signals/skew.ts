import { againstPeers, type Tally } from "./againstPeers.ts";
import { type Finding, isRare, type Span, severityOf } from "./signal.ts";
import { about, chance, count, percent } from "./words.ts";

/** Cases that one person opened in one queue and region at one time of the day. */
export interface Cell {
  readonly staff: string;
  readonly queue: string;
  readonly region: string;
  /** Four hours of the day, 0 to 5. */
  readonly block: number;
  readonly n: number;
  readonly minor: number;
  readonly prominent: number;
  readonly countries: Readonly<Record<string, number>>;
}

const VERSION = 1;
const LEAST_CASES = 40;
const LEAST_EXCESS = 10;
const LEAST_TIMES = 1.7;

/**
 * Participants of one kind picked out: minors, accounts that many threads have in common, a country, a region.
 *
 * Against the base rate of what colleagues opened in the same queue, region and four hours of the day over four weeks; so a
 * queue of mostly minors, and a night shift whose cases come from elsewhere, are their own measure. For the region itself the
 * strata are queue and hours, and colleagues count only in regions that the person opened at all: who may work in one region
 * alone has no choice of it. The tail is beta-binomial (againstPeers.ts), corrected for every person and every attribute.
 */
export function findSkew(cells: readonly Cell[], span: Span): Finding[] {
  const attributes = [
    { pattern: "minor", words: "with a minor among the participants", of: (cell: Cell) => cell.minor },
    {
      pattern: "prominent",
      words: "with an account that many other threads have in common",
      of: (cell: Cell) => cell.prominent,
    },
    ...[...new Set(cells.flatMap((cell) => Object.keys(cell.countries)))].map((country) => ({
      pattern: `country:${country}`,
      words: `with a participant in the country ${country}`,
      of: (cell: Cell) => cell.countries[country] ?? 0,
    })),
  ].map((attribute) => ({
    ...attribute,
    tallies: cells.map((cell) => ({
      staff: cell.staff,
      stratum: `${cell.queue} ${cell.region} ${cell.block}`,
      n: cell.n,
      k: attribute.of(cell),
    })),
  }));
  const judged = [
    ...attributes.flatMap(({ pattern, words, tallies }) =>
      againstPeers(tallies).map((one) => ({ ...one, pattern, words })),
    ),
    ...regions(cells),
  ].filter(({ n }) => n >= LEAST_CASES);
  return judged.flatMap(({ staff, n, k, expected, base, spread, tail, pattern, words }) => {
    const ratio = k / Math.max(expected, 1e-9);
    if (k - expected < LEAST_EXCESS || ratio < LEAST_TIMES || !isRare(tail, judged.length)) return [];
    return {
      ...span,
      subject: staff,
      detector: "skew" as const,
      version: VERSION,
      pattern,
      severity: severityOf(tail, ratio),
      numbers: { cases: n, ofThisKind: k, expected, base, spread, looked: judged.length, chance: tail },
      explanation:
        `Of ${count(n, "case")} opened in four weeks, ${k} (${percent(k / n)}) were ${words}. Of what colleagues opened in the ` +
        `same queues, regions and hours it was ${percent(base)}, which would make ${about(expected)}. ` +
        `Among honest colleagues that has a chance of ${chance(tail)}.`,
      newEvidence: 8,
    };
  });
}

function regions(cells: readonly Cell[]) {
  const people = [...Map.groupBy(cells, (cell) => cell.staff)].map(([staff, own]) => ({
    staff,
    known: [...new Set(own.map((cell) => cell.region))].sort(),
  }));
  // People with the same regions are judged together: against whatever anybody opened in those.
  const sets = Map.groupBy(people, ({ known }) => known.join(" "));
  return [...sets.values()].flatMap((alike) => {
    const known = new Set(alike[0]?.known);
    const staff = new Set(alike.map((one) => one.staff));
    if (known.size < 2) return [];
    const within = cells.filter((cell) => known.has(cell.region));
    return [...known].flatMap((region) => {
      const tallies: Tally[] = within.map((cell) => ({
        staff: cell.staff,
        stratum: `${cell.queue} ${cell.block}`,
        n: cell.n,
        k: cell.region === region ? cell.n : 0,
      }));
      return againstPeers(tallies)
        .filter((one) => staff.has(one.staff))
        .map((one) => ({ ...one, pattern: `region:${region}`, words: `of the region ${region}` }));
    });
  });
}
