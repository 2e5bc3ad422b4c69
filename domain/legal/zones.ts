/** Local time of a named zone (IANA), by the runtime's own data. */

export interface LocalDay {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
}

/** Does the runtime know this zone? */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return /^[A-Za-z0-9_+\-/]+$/.test(zone);
  } catch {
    return false;
  }
}

function wallOf(at: Date, zone: string): number[] {
  const parts = new Intl.DateTimeFormat("en-u-ca-iso8601-nu-latn", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  }).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? Number.NaN);
  return [of("year"), of("month"), of("day"), of("hour"), of("minute"), of("second")];
}

/** The calendar day that it is there. */
export function dayIn(at: Date, zone: string): LocalDay {
  const [year = 0, month = 1, day = 1] = wallOf(at, zone);
  return { year, month, day };
}

/**
 * The instant at which a clock there shows this hour of this day. An hour that is left out in spring comes as the next one; of
 * an hour that comes twice in autumn, the first.
 */
export function instantIn({ year, month, day }: LocalDay, hour: number, zone: string): Date {
  const wanted = Date.UTC(year, month - 1, day, hour);
  const offsetAt = (at: number) => {
    const [y = 0, mo = 1, d = 1, h = 0, mi = 0, s = 0] = wallOf(new Date(at), zone);
    return Date.UTC(y, mo - 1, d, h, mi, s) - Math.floor(at / 1000) * 1000;
  };
  // The offset before the wanted hour and the one after it: where they differ, the earlier instant that shows the hour.
  const before = wanted - offsetAt(wanted - 86_400_000);
  if (before + offsetAt(before) === wanted) return new Date(before);
  const after = wanted - offsetAt(wanted + 86_400_000);
  return new Date(after + offsetAt(after) === wanted ? after : before);
}

/** The day after so many days. */
export function addDays({ year, month, day }: LocalDay, days: number): LocalDay {
  const at = new Date(Date.UTC(year, month - 1, day + days));
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

/** `2026-05-01` */
export function isoDay({ year, month, day }: LocalDay): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** 0 Sunday … 6 Saturday */
export function weekday({ year, month, day }: LocalDay): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}
