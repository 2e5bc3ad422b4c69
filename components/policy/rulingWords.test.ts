import { describe, expect, it } from "vitest";
import { rulingBecause, rulingSays } from "./rulingWords.ts";

const ruling = {
  requirement: "two_approvers",
  minutes: 60,
  viewLimit: 1,
  rule: { role: "lead", subject: "conflict" },
} as const;
const none = { requirement: "never", minutes: null, viewLimit: null, rule: null } as const;

describe("what the simulator says", () => {
  it("says how, for how long and how often", () => {
    expect(rulingSays(ruling, false)).toBe(
      "could open it after two other people have approved, for 1 h and 1 view.",
    );
    expect(rulingSays(none, false)).toBe("could not open it.");
  });

  it("calls automatic what it is for a threat to life", () => {
    const glass = { ...ruling, requirement: "automatic" } as const;
    expect(rulingSays(glass, true)).toContain("breaking the glass");
    expect(rulingSays(glass, false)).not.toContain("glass");
  });

  it("names the rule that decided, and how it was picked", () => {
    expect(rulingBecause(ruling, ["lead", "specialist"], ["ordinary", "conflict"])).toMatch(
      /lead about “own or a colleague’s account”.*mildest.*strictest/,
    );
    expect(rulingBecause(none, ["lead"], ["ordinary"])).toContain("no rule");
  });
});
