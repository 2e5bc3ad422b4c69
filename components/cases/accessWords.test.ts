import { describe, expect, it } from "vitest";
import { obstacle, purposesFor } from "./accessWords.ts";

describe("access options in words", () => {
  it("names what stands in the way, and treats an unknown rule as a no", () => {
    expect(obstacle("automatic")).toBeUndefined();
    expect(obstacle("two_approvers")).toBe("needs two approvers");
    expect(obstacle(undefined)).toBe("not open to your role on this case");
  });

  it("offers what is automatic first and what is never allowed not at all", () => {
    expect(
      purposesFor(
        [
          { purpose: "appeal", scope: "flagged_window", requirement: "one_approver" },
          { purpose: "threat_to_life", scope: "flagged_window", requirement: "never" },
          { purpose: "user_report_review", scope: "flagged_window", requirement: "automatic" },
          { purpose: "user_report_review", scope: "whole_thread", requirement: "automatic" },
        ],
        "flagged_window",
      ),
    ).toEqual([
      { purpose: "user_report_review", blocked: undefined },
      { purpose: "appeal", blocked: "needs one approver" },
    ]);
  });
});
