import { expect, test } from "vitest";
import { fromZoneField, toZoneField, zoneWords } from "./zoneWords.ts";

test("an instant is told as a clock in the zone shows it, winter and summer", () => {
  expect(zoneWords("2026-01-15T23:30:00Z", "Europe/Berlin")).toBe("2026-01-16 00:30, Berlin");
  expect(zoneWords("2026-07-15T23:30:00Z", "America/New_York")).toBe("2026-07-15 19:30, New York");
  expect(zoneWords("2026-07-15T23:30:00Z", "UTC")).toBeNull();
  expect(zoneWords("2026-07-15T23:30:00Z", "Nowhere/At_All")).toBeNull();
  expect(zoneWords("soon", "Europe/Berlin")).toBeNull();
});

test("what is typed as local time comes back as the same local time, across both changes of the clock", () => {
  for (const zone of ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "Pacific/Auckland"])
    for (const field of ["2026-03-28T12:00", "2026-03-29T12:00", "2026-10-25T12:00", "2026-11-01T00:30"]) {
      const instant = fromZoneField(field, zone);
      expect(instant && toZoneField(instant, zone), `${zone} ${field}`).toBe(field);
    }
});

test("an hour that does not exist and one that comes twice each have one answer", () => {
  // 02:30 is left out on 29 March 2026 in Berlin; 02:30 comes twice on 25 October.
  expect(fromZoneField("2026-03-29T02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
  expect(fromZoneField("2026-10-25T02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
  expect(fromZoneField("", "Europe/Berlin")).toBeNull();
});
