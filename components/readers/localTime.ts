/** The time zones that this browser knows, for the local times of the document; UTC first. */
export function knownZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}

/** The zone that this browser is set to. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** `4 March 2026 at 16:06:07 CET`: an instant as a clock in this zone shows it. */
export function localWords(instant: string, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    dateStyle: "long",
    timeStyle: "long",
    timeZone: zone,
  }).format(new Date(instant));
}
