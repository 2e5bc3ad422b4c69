import { EU_STATES } from "./requestTypes.ts";
import { addDays, isoDay, type LocalDay, weekday } from "./zones.ts";

/** Days on which nobody is expected to work, by jurisdiction. What a place has beside these, the settings name. */

/** Easter Sunday (Gregorian; Meeus/Jones/Butcher). */
export function easter(year: number): LocalDay {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return { year, month, day: ((h + l - 7 * m + 114) % 31) + 1 };
}

/** The nth such weekday of a month; from its end for -1. */
function nth(year: number, month: number, day: number, n: number): LocalDay {
  if (n > 0) {
    const first = weekday({ year, month, day: 1 });
    return { year, month, day: 1 + ((day - first + 7) % 7) + 7 * (n - 1) };
  }
  const last = addDays({ year, month: month + 1, day: 1 }, -1);
  return addDays(last, -((weekday(last) - day + 7) % 7));
}

/** Kept on the Friday before or the Monday after where it falls on a weekend (5 U.S.C. 6103(b)). */
function observed(day: LocalDay): LocalDay {
  const on = weekday(day);
  return addDays(day, on === 6 ? -1 : on === 0 ? 1 : 0);
}

/** Legal public holidays of the United States (5 U.S.C. 6103(a)), as observed. */
function unitedStates(year: number): LocalDay[] {
  return [
    observed({ year, month: 1, day: 1 }),
    observed({ year: year + 1, month: 1, day: 1 }),
    nth(year, 1, 1, 3),
    nth(year, 2, 1, 3),
    nth(year, 5, 1, -1),
    observed({ year, month: 6, day: 19 }),
    observed({ year, month: 7, day: 4 }),
    nth(year, 9, 1, 1),
    nth(year, 10, 1, 2),
    observed({ year, month: 11, day: 11 }),
    nth(year, 11, 4, 4),
    observed({ year, month: 12, day: 25 }),
  ];
}

/** Bank holidays of England and Wales (Banking and Financial Dealings Act 1971), with their substitutes. */
function england(year: number): LocalDay[] {
  const sunday = easter(year);
  const taken: LocalDay[] = [];
  for (const day of [
    { year, month: 1, day: 1 },
    { year, month: 12, day: 25 },
    { year, month: 12, day: 26 },
  ]) {
    let on = day;
    while ([0, 6].includes(weekday(on)) || taken.some((other) => isoDay(other) === isoDay(on)))
      on = addDays(on, 1);
    taken.push(on);
  }
  return [
    ...taken,
    addDays(sunday, -2),
    addDays(sunday, 1),
    nth(year, 5, 1, 1),
    nth(year, 5, 1, -1),
    nth(year, 8, 1, -1),
  ];
}

/** Days that all Member States' courts and the Union's institutions keep. */
function union(year: number): LocalDay[] {
  const sunday = easter(year);
  return [
    { year, month: 1, day: 1 },
    addDays(sunday, -2),
    addDays(sunday, 1),
    { year, month: 5, day: 1 },
    { year, month: 12, day: 25 },
    { year, month: 12, day: 26 },
  ];
}

/**
 * Is this a business day there?
 *
 * @param extra further holidays, as `2026-05-01`
 */
export function isBusinessDay(day: LocalDay, jurisdiction: string, extra: readonly string[] = []): boolean {
  if ([0, 6].includes(weekday(day)) || extra.includes(isoDay(day))) return false;
  const days =
    jurisdiction === "US"
      ? unitedStates(day.year)
      : jurisdiction === "GB"
        ? england(day.year)
        : EU_STATES.includes(jurisdiction)
          ? union(day.year)
          : [];
  return !days.some((holiday) => isoDay(holiday) === isoDay(day));
}

/** The nth business day after a day. */
export function businessDaysAfter(
  day: LocalDay,
  n: number,
  jurisdiction: string,
  extra: readonly string[] = [],
): LocalDay {
  let on = day;
  for (let left = n; left > 0; ) {
    on = addDays(on, 1);
    if (isBusinessDay(on, jurisdiction, extra)) left -= 1;
  }
  return on;
}
