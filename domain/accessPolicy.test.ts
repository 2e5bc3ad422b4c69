import { expect, test } from "vitest";
import { brokenLimit, diffRules, type Rule, strictest } from "./accessPolicy.ts";
import { ROLES } from "./vocabulary.ts";

const rule = (change: Partial<Rule> = {}): Rule => ({
  role: "moderator",
  purpose: "appeal",
  scope: "flagged_window",
  subject: "ordinary",
  requirement: "one_approver",
  minutes: 30,
  viewLimit: 5,
  ...change,
});

test("officers, administrators and auditors open nothing, whatever a rule says", () => {
  const opening = ROLES.filter((role) => brokenLimit(rule({ role })) === null);
  expect(opening).toEqual(["moderator", "specialist", "lead"]);
  expect(brokenLimit(rule({ role: "auditor", requirement: "never" }))).toBeNull();
});

test("counsel opens by legal process alone", () => {
  expect(brokenLimit(rule({ role: "legal_counsel" }))).toBe("counsel-only-by-law");
  expect(brokenLimit(rule({ role: "legal_counsel", purpose: "legal_process" }))).toBeNull();
});

test("a conflict or the watch list needs two approvers, or never", () => {
  for (const subject of ["conflict", "watch_listed"]) {
    expect(brokenLimit(rule({ subject }))).toBe("conflicts-need-two");
    expect(brokenLimit(rule({ subject, requirement: "two_approvers" }))).toBeNull();
    expect(brokenLimit(rule({ subject, requirement: "never" }))).toBeNull();
  }
});

test("of several requirements the strictest decides", () => {
  expect(strictest([])).toBe("automatic");
  expect(strictest(["ticket", "two_approvers", "automatic"])).toBe("two_approvers");
  expect(strictest(["never", "automatic"])).toBe("never");
});

test("a comparison tells what is added, dropped, loosened and tightened, and nothing else", () => {
  const kept = rule({ scope: "whole_thread" });
  const before = [kept, rule(), rule({ role: "lead", requirement: "ticket" })];
  const after = [kept, rule({ viewLimit: 6 }), rule({ role: "specialist", requirement: "automatic" })];
  expect(
    diffRules(before, after).map(({ role, before: was, after: is, loosens }) => [
      role,
      was?.requirement,
      is?.requirement,
      loosens,
    ]),
  ).toEqual([
    ["lead", "ticket", undefined, false],
    ["moderator", "one_approver", "one_approver", true],
    ["specialist", undefined, "automatic", true],
  ]);
  expect(diffRules(before, before)).toEqual([]);
});

test("no rule and a rule that says never are the same", () => {
  expect(diffRules([], [rule({ requirement: "never" })])).toEqual([]);
});
