import { expect, test } from "vitest";
import { AUDIT_ACTION_NAMES } from "../../domain/auditActions.ts";
import { ACTION_GROUPS, denialWords, durationWords, purposeWords, roleWords } from "./words.ts";

test("every action stands in exactly one group, and none in a group of leftovers", () => {
  const grouped = ACTION_GROUPS.flatMap(([, actions]) => actions);
  expect([...grouped].sort()).toEqual([...AUDIT_ACTION_NAMES].sort());
  expect(ACTION_GROUPS.map(([title]) => title)).not.toContain("Other");
});

test("what another release wrote keeps its own word", () => {
  expect(denialWords("claimed-by-another")).toBe("claimed by another");
  expect(purposeWords("appeal")).toBe("Appeal");
  expect(purposeWords("constructor")).toBe("constructor");
  expect(roleWords(["moderator", "oracle"])).toBe("Moderator, oracle");
});

test("durations are said in at most two units", () => {
  expect([0, 42, 60, 200, 3600, 3900].map(durationWords)).toEqual([
    "0 s",
    "42 s",
    "1 min",
    "3 min 20 s",
    "1 h",
    "1 h 5 min",
  ]);
});
