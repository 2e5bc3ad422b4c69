import { describe, expect, it } from "vitest";
import { decideRequest } from "../../contracts/triage.ts";
import { OUTCOMES } from "../../domain/vocabulary.ts";
import { EMPTY_DRAFT, finish, VIOLATION_ACTIONS, withOutcome } from "./draft.ts";

const POLICY = "0190f5de-0000-7000-8000-000000000001";

describe("a decision being made", () => {
  it("says what is missing, in the order in which it is asked", () => {
    expect(finish(EMPTY_DRAFT)).toEqual({ missing: "outcome" });
    const violation = withOutcome(EMPTY_DRAFT, "violation");
    expect(finish(violation)).toEqual({ missing: "policy" });
    expect(finish({ ...violation, policyId: POLICY })).toEqual({ missing: "action" });
  });

  it("needs one key only where nothing is left to choose", () => {
    for (const outcome of ["no_violation", "escalate"] as const)
      expect(finish(withOutcome(EMPTY_DRAFT, outcome))).toHaveProperty("request");
  });

  it("never makes a request that the contract refuses, whatever was chosen before", () => {
    for (const first of OUTCOMES)
      for (const second of OUTCOMES)
        for (const action of VIOLATION_ACTIONS) {
          let draft = withOutcome(EMPTY_DRAFT, first);
          if (first === "violation") draft = { ...draft, policyId: POLICY, action };
          draft = withOutcome(draft, second);
          if (second === "violation") draft = { ...draft, policyId: POLICY, action };
          const done = finish(draft);
          expect("request" in done && decideRequest.safeParse(done.request).success).toBe(true);
        }
  });

  it("sends no note rather than an empty one", () => {
    expect(finish({ ...withOutcome(EMPTY_DRAFT, "no_violation"), note: " \n" })).toMatchObject({
      request: { note: null },
    });
  });
});
