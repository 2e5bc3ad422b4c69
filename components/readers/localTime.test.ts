import { expect, test } from "vitest";
import { knownZones, localWords } from "./localTime.ts";

test("an instant reads as a clock in the zone shows it, across a change of summer time", () => {
  expect(localWords("2026-03-28T23:30:00.000Z", "Europe/Berlin")).toMatch(/^29 March 2026 at 00:30:00/);
  expect(localWords("2026-03-29T01:30:00.000Z", "Europe/Berlin")).toMatch(/^29 March 2026 at 03:30:00/);
  expect(localWords("2026-03-29T01:30:00.000Z", "UTC")).toMatch(/^29 March 2026 at 01:30:00 UTC/);
});

test("UTC comes first and once, and every zone can be used", () => {
  const zones = knownZones();
  expect(zones[0]).toBe("UTC");
  expect(new Set(zones).size).toBe(zones.length);
  for (const zone of zones) expect(localWords("2026-01-01T00:00:00.000Z", zone)).toMatch(/20(25|26)/);
});
