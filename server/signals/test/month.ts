import type { Dice } from "./random.ts";
import type { Participant, Stream } from "./stream.ts";

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** A queue, and who is in its cases. */
export interface Desk {
  readonly id: string;
  readonly regions: readonly string[];
  readonly countries: readonly string[];
  readonly minors: number;
}

/** How somebody works. */
export interface Worker {
  readonly id: string;
  readonly desks: readonly Desk[];
  /** The hour (UTC) at which the shift begins, and its length. */
  readonly starts: number;
  readonly hours: number;
  /** Cases an hour. */
  readonly speed: number;
  /** Share of the cases that are let go of undecided. */
  readonly lets: number;
  /** The day of the month on which they began. */
  readonly since: number;
  /** Works these days of the week (0 is Monday). */
  readonly weekdays: readonly number[];
  /** Stands in for a night shift during these days. */
  readonly covers?: readonly [number, number];
}

/** Fifty moderators as one meets them: three shifts, part-timers, quick and slow, somebody new, somebody standing in. */
export function fiftyModerators(ids: readonly string[], desks: readonly Desk[], random: Dice): Worker[] {
  return ids.map((id, i) => {
    const kind = i % 10;
    const week = random.whole(0, 6);
    const own = desks[i % desks.length] as Desk;
    const second = random.chance(0.4)
      ? desks[(i + 1 + random.whole(0, desks.length - 2)) % desks.length]
      : undefined;
    const night = kind === 8 || kind === 9;
    return {
      id,
      desks: second && second !== own ? [own, second] : [own],
      starts: night ? 21 + (i % 2) : kind >= 5 ? 13 + random.whole(0, 2) : 6 + random.whole(0, 2),
      // Some work four hours, some ten.
      hours: kind === 3 ? 4 : i % 17 === 0 ? 10 : 8,
      // Quick people do twice what slow ones do, and not every day is alike.
      speed: kind === 1 ? 7 : kind === 4 ? 2.5 : random.near(4.5, 0.8),
      lets: i % 12 === 5 ? 0.2 : random.near(0.06, 0.02),
      since: i % 12 === 5 ? 12 : 0,
      weekdays: Array.from({ length: i % 7 === 6 ? 3 : 5 }, (_, d) => (week + d) % 7),
      ...(i === 20 || i === 31 ? { covers: [9, 15] as const } : {}),
    };
  });
}

/** A month of honest work, from `start` on. */
export function honestMonth(
  stream: Stream,
  workers: readonly Worker[],
  start: number,
  days: number,
  random: Dice,
): void {
  const pools = new Map<string, Participant[]>();
  const known = (desk: Desk): Participant[] => {
    const pool =
      pools.get(desk.id) ??
      Array.from({ length: 300 }, (_, i) => person(desk, `known-${desk.id}-${i}`, random));
    pools.set(desk.id, pool);
    return pool;
  };
  // Somebody who writes to hundreds: for some hours every few days a part of a queue's cases is theirs.
  const bursts: { desk: string; from: number; until: number; who: Participant }[] = [];
  for (const desk of new Set(workers.flatMap((worker) => worker.desks)))
    for (let day = 0; day < days; day += random.whole(2, 5)) {
      const from = start + day * DAY + random.whole(0, 23) * HOUR;
      bursts.push({
        desk: desk.id,
        from,
        until: from + random.whole(2, 10) * HOUR,
        who: person(desk, `burst-${desk.id}-${day}`, random),
      });
    }
  let fresh = 0;
  const participants = (desk: Desk, at: number): Participant[] => {
    const people = Array.from({ length: random.chance(0.1) ? random.whole(3, 5) : 2 }, () => {
      fresh += 1;
      // A few accounts are in many cases, many in a few (the square makes the first of the pool the likeliest).
      if (random.chance(0.05)) return known(desk)[Math.floor(300 * random.next() ** 2)] as Participant;
      return person(desk, `fresh-${desk.id}-${fresh}`, random);
    });
    const burst = bursts.find((one) => one.desk === desk.id && one.from <= at && at < one.until);
    if (burst && random.chance(0.15)) people[0] = burst.who;
    return [...new Map(people.map((one) => [one.account, one])).values()];
  };

  for (let day = 0; day < days; day++) {
    for (const worker of workers) {
      const covering = worker.covers && day >= worker.covers[0] && day < worker.covers[1];
      if (day < worker.since || !worker.weekdays.includes(day % 7)) continue;
      const begins = start + day * DAY + (covering ? 21 : worker.starts) * HOUR;
      // Somebody new is slow at first.
      const learning = worker.since > 0 ? Math.min(1, 0.4 + (day - worker.since) * 0.06) : 1;
      const speed = worker.speed * learning * random.near(1, 0.15);
      // Overtime now and then.
      const ends = begins + (worker.hours + (random.chance(0.08) ? random.whole(1, 2) : 0)) * HOUR;
      const lunch = begins + (worker.hours / 2) * HOUR;
      for (
        let at = begins + random.next() * 600_000;
        at < ends;
        at += (HOUR / speed) * (0.3 + 1.4 * random.next())
      ) {
        if (at > lunch && at < lunch + HOUR / 2 && worker.hours > 4) continue;
        const desk = random.chance(0.75) ? (worker.desks[0] as Desk) : random.pick(worker.desks);
        const opening = {
          staff: worker.id,
          queue: desk.id,
          region: random.pick(desk.regions),
          at,
          participants: participants(desk, at),
          decided: !random.chance(worker.lets),
        };
        const opened = stream.open(opening);
        if (random.chance(0.04)) stream.open({ ...opening, at: at + 700_000, decided: false, again: opened });
      }
      // A mistyped address, a link to a case of another region.
      const slips = random.chance(0.06) ? random.whole(1, 4) : 0;
      for (let i = 0; i < slips; i++)
        stream.act({
          staff: worker.id,
          roles: ["moderator"],
          action: "case.read",
          outcome: "denied",
          code: "not-found",
          at: begins + random.whole(1, 400) * 60_000,
          caseId: stream.id(begins),
        });
    }
  }
}

/** The officers' month: searches every working day, an export now and then. */
export function officersMonth(
  stream: Stream,
  officers: readonly string[],
  start: number,
  days: number,
  random: Dice,
): void {
  for (let day = 0; day < days; day++) {
    if (day % 7 > 4) continue;
    for (const staff of officers) {
      const at = () => start + day * DAY + random.whole(7 * 60, 16 * 60) * 60_000;
      for (let i = random.whole(5, 30); i > 0; i--)
        stream.act({
          staff,
          roles: ["compliance_officer"],
          action: "audit.searched",
          outcome: "done",
          at: at(),
        });
      for (let i = random.chance(0.2) ? random.whole(1, 3) : 0; i > 0; i--)
        stream.act({
          staff,
          roles: ["compliance_officer"],
          action: "audit.exported",
          outcome: "done",
          at: at(),
        });
    }
  }
}

export function person(desk: Desk, account: string, random: Dice): Participant {
  return {
    account,
    ageBand: random.chance(desk.minors) ? "minor" : random.chance(0.2) ? "unknown" : "adult",
    // The first country of a queue is the most frequent.
    country: desk.countries[Math.floor(desk.countries.length * random.next() ** 1.5)] as string,
  };
}
