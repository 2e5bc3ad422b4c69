import { describe, expect, it } from "vitest";
import { clockWords, relativeWords, utcWords } from "./timeWords.ts";

const now = Date.parse("2026-03-04T12:00:00Z");
const at = (seconds: number): string => relativeWords(now + seconds * 1000, now);

describe("relativeWords", () => {
  it("says past and future in one unit", () => {
    expect([at(-20), at(30), at(90), at(-3599), at(7200), at(-47 * 3600), at(-49 * 3600)]).toEqual([
      "just now",
      "in under a minute",
      "in 2 min",
      "60 min ago",
      "in 2 h",
      "47 h ago",
      "2 d ago",
    ]);
  });
});

describe("utcWords", () => {
  it("writes UTC whatever the offset, and does not throw on nonsense", () => {
    expect(utcWords("2026-03-04T13:06:07+01:00")).toBe("2026-03-04 12:06 UTC");
    expect(utcWords("2026-03-04T13:06:07+01:00", true)).toBe("2026-03-04 12:06:07 UTC");
    expect(utcWords("soon")).toBe("unknown time");
  });
});

describe("clockWords", () => {
  it("counts down to 0:00 and stays there", () => {
    expect([
      clockWords(125_000),
      clockWords(59_001),
      clockWords(1),
      clockWords(0),
      clockWords(-5000),
    ]).toEqual(["2:05", "1:00", "0:01", "0:00", "0:00"]);
  });
});
