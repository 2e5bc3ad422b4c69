import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { saysSomething, valueAt, withValueAt } from "./editValue.ts";

describe("editing a document by path", () => {
  test("what was written is read back, and its neighbours are untouched", () => {
    const before = { victim: [{ espIdentifier: "a" }], incidentSummary: { platform: "Sample" } };
    const after = withValueAt(before, ["victim", 0, "displayName", 0], "Name") as typeof before;
    expect(valueAt(after, ["victim", 0, "displayName", 0])).toBe("Name");
    expect(valueAt(after, ["victim", 0, "espIdentifier"])).toBe("a");
    expect(after.incidentSummary).toBe(before.incidentSummary);
    expect(before.victim[0]).toEqual({ espIdentifier: "a" });
  });

  test("undefined takes a field or an entry out", () => {
    expect(withValueAt({ a: 1, b: 2 }, ["a"], undefined)).toEqual({ b: 2 });
    expect(withValueAt({ list: ["x", "y", "z"] }, ["list", 1], undefined)).toEqual({ list: ["x", "z"] });
    expect(withValueAt({ list: ["x"] }, ["list", 0], undefined)).toEqual({});
    expect(withValueAt({}, ["nothing"], undefined)).toEqual({});
  });

  test("names of the prototype are names like any other", () => {
    expect(valueAt({}, ["constructor"])).toBeUndefined();
    expect(valueAt({}, ["toString", "length"])).toBeUndefined();
  });

  test("any place that was written can be read, whatever was there before", () => {
    const step = fc.oneof(fc.constantFrom("a", "b", "value"), fc.constant(0));
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.array(step, { minLength: 1, maxLength: 5 }),
        fc.string(),
        (root, path, v) => {
          expect(valueAt(withValueAt(root, path, v), path)).toBe(v);
        },
      ),
    );
  });

  test("an answer of no says something, a blank does not", () => {
    for (const said of [false, 0, "x", { a: [{ b: false }] }]) expect(saysSomething(said)).toBe(true);
    for (const blank of [undefined, null, " ", [], {}, [{}], { a: { b: "" } }])
      expect(saysSomething(blank)).toBe(false);
  });
});
