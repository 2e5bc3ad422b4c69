/** One measured figure, as `npm run bench -- --json` prints it. Times are in milliseconds, rates in units a second. */
export interface Figure {
  readonly name: string;
  readonly unit: "ms" | "1/s" | "MiB";
  readonly p50: number;
  readonly p95: number;
  /** The barest work of the same kind, measured in the same run: p50 for times, the rate for rates. */
  readonly floor: number;
  /** p50 ÷ floor. For a time it should be low, for a rate high. */
  readonly ratio: number;
  /** What the ratio must keep to. */
  readonly bar: string;
  readonly ok: boolean;
}

/** p-th percentile of a list of numbers (nearest rank). */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * Times two ways of working in turn, A B A B …, so that a machine that grows slower meanwhile slows both.
 *
 * @param rounds how many of each, after a tenth as many to warm up
 * @returns milliseconds of each round
 */
export async function inTurn(
  rounds: number,
  work: () => Promise<unknown>,
  floor: () => Promise<unknown>,
): Promise<{ work: number[]; floor: number[] }> {
  const times = { work: [] as number[], floor: [] as number[] };
  for (let i = -Math.ceil(rounds / 10); i < rounds; i++) {
    const a = await timed(work);
    const b = await timed(floor);
    if (i >= 0) {
      times.work.push(a);
      times.floor.push(b);
    }
  }
  return times;
}

/** Milliseconds that one call takes. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/**
 * Calls a second that a number of clients get through, each one after the other.
 *
 * @param seconds how long
 */
export async function rate(clients: number, seconds: number, act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  const until = start + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        await act();
        done++;
      }
    }),
  );
  return (done * 1000) / (performance.now() - start);
}

/** A figure of times that must stay at or below `bar` times the floor. */
export function atMost(name: string, times: { work: number[]; floor: number[] }, bar: number): Figure {
  const p50 = percentile(times.work, 50);
  const floor = percentile(times.floor, 50);
  return {
    name,
    unit: "ms",
    p50,
    p95: percentile(times.work, 95),
    floor,
    ratio: p50 / floor,
    bar: `≤ ${bar}`,
    ok: p50 / floor <= bar,
  };
}

/**
 * A figure of rates that must reach at least `bar` times the floor.
 *
 * @param rates of the work and of the floor, pair by pair
 */
export function atLeast(name: string, rates: { work: number[]; floor: number[] }, bar: number): Figure {
  const p50 = percentile(rates.work, 50);
  const floor = percentile(rates.floor, 50);
  return {
    name,
    unit: "1/s",
    p50,
    p95: percentile(rates.work, 5),
    floor,
    ratio: p50 / floor,
    bar: `≥ ${Number(bar.toFixed(3))}`,
    ok: p50 / floor >= bar,
  };
}
