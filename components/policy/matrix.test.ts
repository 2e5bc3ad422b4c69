import { describe, expect, it } from "vitest";
import type { AccessRule } from "../../contracts/accessPolicy.ts";
import { diffRules } from "../../domain/accessPolicy.ts";
import { groupsOf, ruleAt, rulesCsv, silentPurposes, subjectsOf, withRule } from "./matrix.ts";

const rule = (change: Partial<AccessRule>): AccessRule => ({
  role: "lead",
  purpose: "appeal",
  scope: "flagged_window",
  subject: "ordinary",
  requirement: "ticket",
  minutes: 30,
  viewLimit: 10,
  ...change,
});
const RULES = [
  rule({}),
  rule({ scope: "whole_thread", requirement: "never" }),
  rule({ subject: "child_safety", requirement: "two_approvers" }),
];

describe("the matrix of a policy", () => {
  it("shows a row where somebody may open something, and every row to who edits", () => {
    expect(groupsOf(RULES, "ordinary", false)).toEqual([{ purpose: "appeal", scopes: ["flagged_window"] }]);
    expect(groupsOf(RULES, "ordinary", true)).toHaveLength(9);
    expect(silentPurposes(RULES, "ordinary")).not.toContain("appeal");
    expect(silentPurposes(RULES, "conflict")).toHaveLength(9);
  });

  it("names restricted subjects after the four that are always there", () => {
    expect(subjectsOf(RULES)).toEqual(["ordinary", "restricted", "watch_listed", "conflict", "child_safety"]);
  });

  it("sets a rule for several subjects at once, and takes it away", () => {
    const place = { role: "lead", purpose: "appeal", scope: "flagged_window" } as const;
    const set = withRule(RULES, place, ["ordinary", "restricted"], {
      requirement: "one_approver",
      minutes: 15,
      viewLimit: 3,
    });
    expect(ruleAt(set, { ...place, subject: "restricted" })?.minutes).toBe(15);
    expect(diffRules(RULES, set).map(({ subject, loosens }) => [subject, loosens])).toEqual([
      ["ordinary", false],
      ["restricted", true],
    ]);
    expect(
      ruleAt(withRule(set, place, ["ordinary"], null), { ...place, subject: "ordinary" }),
    ).toBeUndefined();
  });

  it("writes every rule into the file, under its header", () => {
    const lines = rulesCsv(RULES);
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain("requirement");
    expect(lines.at(-1)).toContain("child_safety");
  });
});
