import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CATEGORIES, SEVERITIES, SOURCES } from "../vocabulary.ts";
import { dueMinutes } from "./deadlines.ts";
import { canonicalInstant } from "./instant.ts";
import { countKeys, measureJson, repeatedKeys } from "./jsonText.ts";
import { pointerTo } from "./pointer.ts";
import { flagPriority, joinPriority, PRIORITY_CAP } from "./priority.ts";
import { utf8Longer } from "./utf8Length.ts";

const flag = fc.record({
  severity: fc.constantFrom(...SEVERITIES),
  source: fc.constantFrom(...SOURCES),
  category: fc.constantFrom(...CATEGORIES),
  confidence: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1, noNaN: true })),
  minorInvolved: fc.boolean(),
});

describe("priority", () => {
  test("a graver flag is never less urgent, and confidence never outruns a grade", () => {
    fc.assert(
      fc.property(flag, fc.double({ min: 0, max: 1, noNaN: true }), (one, sure) => {
        const by = SEVERITIES.map((severity) => flagPriority({ ...one, severity }));
        expect(by).toEqual([...by].sort((a, b) => a - b));
        expect(new Set(by).size).toBe(4);
        const [low = 0, medium = 0] = by;
        expect(flagPriority({ ...one, severity: "low", confidence: sure }) - low).toBeLessThan(medium - low);
        expect(Number.isInteger(flagPriority(one))).toBe(true);
      }),
    );
  });

  test("a further flag always raises it, until the cap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: PRIORITY_CAP - 1 }), flag, (current, one) => {
        expect(joinPriority(current, flagPriority(one))).toBeGreaterThan(current);
      }),
    );
    expect(joinPriority(PRIORITY_CAP, 900)).toBe(PRIORITY_CAP);
  });
});

test("a graver flag, a trusted flagger or a minor never gives more time", () => {
  fc.assert(
    fc.property(flag, (one) => {
      const by = SEVERITIES.map((severity) => dueMinutes({ ...one, severity }));
      expect(by).toEqual([...by].sort((a, b) => b - a));
      expect(dueMinutes({ ...one, minorInvolved: true })).toBeLessThanOrEqual(
        dueMinutes({ ...one, minorInvolved: false }),
      );
      expect(dueMinutes({ ...one, source: "trusted_flagger" })).toBeLessThanOrEqual(dueMinutes(one));
      expect(dueMinutes(one)).toBeGreaterThanOrEqual(15);
    }),
  );
});

describe("what JSON.parse does not tell", () => {
  const depthOf = (value: unknown): number =>
    typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

  test("depth and keys of any JSON are measured exactly, however it is written", () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6 }),
        fc.constantFrom(undefined, 1, "\t", " \t"),
        (value, space) => {
          const text = JSON.stringify(value, undefined, space);
          expect(measureJson(text)).toEqual({ keys: countKeys(JSON.parse(text)), depth: depthOf(value) });
          expect(repeatedKeys(text, 10)).toEqual([]);
        },
      ),
    );
  });

  test.each([
    ['{"a":1,"a":2}', [["a"]]],
    [
      '{"a":{"b":1,"c":[{},{"d":1,"d":1}],"b":2}}',
      [
        ["a", "c", 1, "d"],
        ["a", "b"],
      ],
    ],
    ['{"a":1,"\\u0061":2}', [["a"]]],
    ['{"a\\"":1,"a\\"":"\\\\"}', [['a"']]],
    ['{"":1,"":2}', [[""]]],
    ['[{"a":1},{"a":1}]', []],
    ['{"a":"a","b":["a","a"]}', []],
    ['{"__proto__":1,"__proto__":2}', [["__proto__"]]],
  ])("names that stand twice in %s", (text, paths) => {
    expect(repeatedKeys(text, 10)).toEqual(paths);
    expect(measureJson(text).keys > countKeys(JSON.parse(text))).toBe(paths.length > 0);
  });

  test("text that is no JSON is measured without an end to it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => measureJson(text).depth >= 0),
    );
    expect(measureJson('"\\\\\\"').keys).toBe(0);
  });
});

test("pointers escape as RFC 6901 says, and stop before a name that might be somebody's words", () => {
  expect(pointerTo(["thread", "messages", 3, "id"])).toBe("/thread/messages/3/id");
  expect(pointerTo([])).toBe("");
  expect(pointerTo(["a", "two words", "b"])).toBe("/a");
});

test("the same instant is written one way", () => {
  expect(canonicalInstant("2026-03-01T10:00:00+02:00")).toBe("2026-03-01T08:00:00.000000Z");
  expect(canonicalInstant("2026-03-01T08:00:00.0Z")).toBe("2026-03-01T08:00:00.000000Z");
  expect(canonicalInstant("2026-03-01T07:30:00.123456-00:30")).toBe("2026-03-01T08:00:00.123456Z");
});

test("bytes of UTF-8 are counted as UTF-8 does", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.integer({ min: 0, max: 200 }),
      (text, limit) => {
        expect(utf8Longer(text, limit)).toBe(Buffer.byteLength(text) > limit);
      },
    ),
  );
});
