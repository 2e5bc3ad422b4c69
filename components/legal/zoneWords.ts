/** `2026-03-04 16:06, Berlin`: an instant as a clock in this IANA zone shows it; null where the zone is UTC or unknown. */
export function zoneWords(instant: string, zone: string): string | null {
  const at = new Date(instant);
  if (zone === "UTC" || zone === "Etc/UTC" || Number.isNaN(at.getTime())) return null;
  try {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).formatToParts(at);
    const of = (type: Intl.DateTimeFormatPartTypes): string =>
      parts.find((part) => part.type === type)?.value ?? "";
    return `${of("year")}-${of("month")}-${of("day")} ${of("hour")}:${of("minute")}, ${placeOf(zone)}`;
  } catch {
    // A zone that this browser does not know: UTC stands beside it.
    return null;
  }
}

/** `Berlin` of `Europe/Berlin`. */
export function placeOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** `2026-03-04T16:06` as a clock in this zone shows an instant: the value of a `datetime-local` field. */
export function toZoneField(instant: string, zone: string): string {
  const words = zoneWords(instant, zone);
  if (words === null) return new Date(instant).toISOString().slice(0, 16);
  return words.slice(0, 16).replace(" ", "T");
}

/**
 * The instant that a clock in this zone shows as `2026-03-04T16:06`. An hour that the change to summer time leaves out
 * is taken as the one after it; an hour that comes twice, as the first.
 *
 * @returns an ISO instant; null where the field is empty or not a time
 */
export function fromZoneField(field: string, zone: string): string | null {
  const asUtc = Date.parse(`${field}Z`);
  if (Number.isNaN(asUtc)) return null;
  const offsetAt = (instant: number): number =>
    Date.parse(`${toZoneField(new Date(instant).toISOString(), zone)}Z`) -
    Math.floor(instant / 60_000) * 60_000;
  const [before, after] = [offsetAt(asUtc - 86_400_000), offsetAt(asUtc + 86_400_000)];
  const shows = (offset: number): boolean => offsetAt(asUtc - offset) === offset;
  const offset = shows(before) ? before : shows(after) ? after : before;
  return new Date(asUtc - offset).toISOString();
}
