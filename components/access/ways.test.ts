import { describe, expect, it } from "vitest";
import type { AccessOption } from "../../contracts/triage.ts";
import { firstPurpose, glassScopes, needsClaim, openWays, purposesOf, wayOf } from "./ways.ts";

const OPTIONS: AccessOption[] = [
  { purpose: "appeal", scope: "flagged_window", requirement: "two_approvers" },
  { purpose: "threat_to_life", scope: "flagged_window", requirement: "automatic" },
  { purpose: "threat_to_life", scope: "attachment", requirement: "one_approver" },
  { purpose: "quality_review", scope: "flagged_window", requirement: "never" },
  { purpose: "second_decision", scope: "wider_window", requirement: "one_approver" },
  { purpose: "user_report_review", scope: "flagged_window", requirement: "automatic" },
];

describe("ways to open a thread", () => {
  it("offers breaking the glass on a path of its own, and only where it opens at once", () => {
    expect(glassScopes(OPTIONS)).toEqual(["flagged_window"]);
    const ways = openWays(OPTIONS, true).filter((way) => way.purpose === "threat_to_life");
    expect(ways.map((way) => way.scope)).toEqual(["attachment"]);
  });

  it("leaves out what is never allowed, and a claim’s purposes for who does not hold it", () => {
    expect(purposesOf(openWays(OPTIONS, true))).not.toContain("quality_review");
    expect(purposesOf(openWays(OPTIONS, false)).some(needsClaim)).toBe(false);
  });

  it("puts first what needs nobody else", () => {
    expect(purposesOf(openWays(OPTIONS, true))).toEqual([
      "user_report_review",
      "second_decision",
      "threat_to_life",
      "appeal",
    ]);
  });

  it("begins with what was wanted, else with a purpose that covers the flagged window", () => {
    const ways = openWays(OPTIONS, true);
    expect(firstPurpose(ways, ["appeal", "user_report_review"])).toBe("appeal");
    expect(firstPurpose(openWays(OPTIONS, false), [null])).toBe("appeal");
    expect(firstPurpose([], [null])).toBeUndefined();
    expect(wayOf(ways, "appeal", "whole_thread")).toBeUndefined();
  });
});
