import { describe, expect, it } from "vitest";
import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import { REQUEST_STATES } from "../../../domain/legal/vocabulary.ts";
import { nextStepOf } from "./nextStep.ts";

type Given = Partial<Omit<RequestDetail, "rights">> & { rights?: Partial<RequestDetail["rights"]> };
const request = (given: Given): RequestDetail =>
  ({
    state: "received",
    type: "warrant",
    acknowledgedAt: null,
    accountList: [{ n: 1 }],
    allowed: ["subscriber"],
    categories: ["subscriber"],
    beyond: [],
    approvalRefusals: [],
    needsSecond: false,
    noticePolicy: "after",
    ...given,
    rights: { approve: false, close: false, review: true, ...given.rights },
  }) as unknown as RequestDetail;
const clean = { missing: [], refusal: null };
const step = (
  given: Given,
  verification: Parameters<typeof nextStepOf>[0]["verification"] = clean,
  notHeld = 0,
) => nextStepOf({ request: request(given), verification, notHeld });

describe("the next step of a request", () => {
  it("is named in every state but the last", () => {
    for (const state of REQUEST_STATES)
      if (state === "closed") expect(step({ state })).toBeNull();
      else expect(step({ state })?.title, state).toBeTruthy();
  });

  it("never is to approve while the requester is not verified", () => {
    const given: Given = { state: "in_review", rights: { approve: true } };
    expect(step(given)?.act).toBe("approve");
    for (const verification of [
      { missing: ["call_back" as const], refusal: "verify-call-back" },
      { missing: [], refusal: "call-back-failed" },
    ])
      expect(step(given, verification)).toMatchObject({ act: null, part: "verification" });
  });

  it("never offers approving to whom the server refuses it", () => {
    expect(step({ state: "in_review", needsSecond: true })).toMatchObject({ act: null, waits: true });
    expect(step({ state: "in_review", allowed: [], rights: { approve: true } })?.act).toBeNull();
  });

  it("is not guessed while the checks are not here", () => {
    const given = { state: "in_review" as const, rights: { approve: true } };
    expect(nextStepOf({ request: request(given), verification: undefined, notHeld: 0 })).toBeNull();
  });

  it("freezes before it reviews where freezing is all that is asked", () => {
    for (const type of ["preservation_2703f", "epoc_pr"] as const) {
      const given: Given = { type, acknowledgedAt: "2026-03-04T15:06:00Z" };
      expect(step(given, clean, 1)?.part).toBe("holds");
      expect(step({ ...given, state: "in_review" })?.act).toBeNull();
    }
  });

  it("keeps what an EPOC names before anything is decided of it", () => {
    const given: Given = { type: "epoc", acknowledgedAt: "2026-03-04T15:06:00Z" };
    expect(step(given, clean, 1)?.part).toBe("holds");
    expect(step(given, clean, 0)?.act).toBe("review");
  });

  it("tells the account before it closes, unless nobody may be told", () => {
    expect(step({ state: "produced" })?.part).toBe("notices");
    expect(step({ state: "produced", noticePolicy: "barred" })?.part).toBe("history");
  });
});
