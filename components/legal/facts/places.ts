import { knownZones } from "../../readers/localTime.ts";

/** Countries that are offered while one types; any other two letters are taken as well. */
export const OFFERED_COUNTRIES =
  "EU AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IN IS IT JP KR LI LT LU LV MT NL NO NZ PL PT RO SE SG SI SK US".split(
    " ",
  );

/** Where the authorities of a country with more than one zone mostly sit. */
const SEATS: Readonly<Record<string, string>> = {
  EU: "Europe/Brussels",
  US: "America/New_York",
  CA: "America/Toronto",
  AU: "Australia/Sydney",
  BR: "America/Sao_Paulo",
  DE: "Europe/Berlin",
  ES: "Europe/Madrid",
  FR: "Europe/Paris",
  PT: "Europe/Lisbon",
  NZ: "Pacific/Auckland",
  CY: "Asia/Nicosia",
};

/** The zone that a country's authorities most likely keep; null where nothing is known. */
export function zoneOf(country: string): string | null {
  if (SEATS[country]) return SEATS[country];
  if (!/^[A-Z]{2}$/.test(country)) return null;
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    getTimeZones?: () => string[] | undefined;
  };
  const zones = locale.getTimeZones?.() ?? [];
  return zones.length === 1 ? (zones[0] ?? null) : null;
}

/** Every zone of this browser, UTC first, and the one that is set even if the browser does not know it. */
export function offeredZones(set: string): string[] {
  const zones = knownZones();
  return zones.includes(set) ? zones : [set, ...zones];
}
