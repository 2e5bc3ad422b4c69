/** A small deterministic source of numbers (mulberry32): the same seed, the same month. */
export interface Dice {
  /** From 0 up to, and without, 1. */
  next(): number;
  whole(from: number, to: number): number;
  chance(p: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** About the mean, never below nothing: the sum of three evens. */
  near(mean: number, spread: number): number;
}

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    chance: (p) => next() < p,
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    near: (mean, spread) => Math.max(0, mean + spread * 2 * (next() + next() + next() - 1.5)),
  };
}
