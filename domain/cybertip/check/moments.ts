const DAY_PART = "(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)";
const ZONE_PART = "(?<zone>Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))?";
const DATE_TIME = new RegExp(
  `^${DAY_PART}T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?<fraction>\\.\\d{1,12})?${ZONE_PART}$`,
);
const DATE = new RegExp(`^${DAY_PART}${ZONE_PART}$`);

export interface ReadMoment {
  /** Milliseconds since 1970; a time without zone is taken as UTC, a date as its first instant anywhere. */
  readonly at: number;
  readonly zoned: boolean;
}

/** A date and time of XML Schema (`xs:dateTime`, years 0001 to 9999), or null. */
export function readDateTime(text: string): ReadMoment | null {
  const parts = DATE_TIME.exec(text)?.groups;
  if (!parts || !exists(parts)) return null;
  const zone = parts.zone ?? "";
  const plain = text.slice(0, text.length - zone.length);
  const at = Date.parse(`${plain.slice(0, 19)}${(parts.fraction ?? "").slice(0, 4)}${zone || "Z"}`);
  return Number.isNaN(at) ? null : { at, zoned: zone !== "" };
}

/** A date of XML Schema (`xs:date`), or null. */
export function readDate(text: string): ReadMoment | null {
  const parts = DATE.exec(text)?.groups;
  if (!parts || !exists(parts)) return null;
  const at = Date.parse(`${text.slice(0, 10)}T00:00:00${parts.zone ?? "+14:00"}`);
  return Number.isNaN(at) ? null : { at, zoned: parts.zone !== undefined };
}

function exists(parts: Record<string, string | undefined>): boolean {
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  if (year === 0 || month < 1 || month > 12 || day < 1) return false;
  const last = new Date(0);
  last.setUTCFullYear(year, month, 0);
  return day <= last.getUTCDate();
}
