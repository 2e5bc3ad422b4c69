import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ViewContent } from "../../contracts/disclosure.ts";
import { nextViewState, type Resealed, SEALED, type ViewEvent, type ViewState } from "./viewMachine.ts";

const content: ViewContent = {
  viewId: "v",
  caseId: "c",
  expiresAt: "2026-01-01T00:00:00Z",
  messages: [],
  gaps: [],
  participants: [],
  reporterWords: [],
};
const opened: ViewEvent = {
  type: "opened",
  viewId: "v",
  grantId: "g",
  expiresAt: 1,
  truncated: false,
  glassDueAt: null,
  content,
};
const asked: ViewEvent = {
  type: "asked",
  scope: "flagged_window",
  purpose: "user_report_review",
  apart: false,
};
const run = (...events: ViewEvent[]): ViewState => events.reduce<ViewState>(nextViewState, SEALED);

describe("the envelope", () => {
  it("holds content only between an opening that was asked for and the next seal", () => {
    expect(run(asked, opened).phase).toBe("open");
    expect(run(opened).phase).toBe("sealed");
  });

  it("drops an answer that comes after the thread was sealed again", () => {
    expect(run(asked, { type: "resealed", why: "left" }, opened)).toEqual({
      phase: "sealed",
      why: "left",
      error: null,
      apart: false,
    });
  });

  it("remembers until the next opening whether the form was refused or something beside it", () => {
    const refused: ViewEvent = { type: "refused", error: "no" };
    expect(run({ ...asked, apart: true }, refused)).toMatchObject({ error: "no", apart: true });
    expect(run({ ...asked, apart: true }, refused, asked, refused)).toMatchObject({ apart: false });
  });

  it("keeps no trace of content in any sealed or opening state, whatever happened before", () => {
    const whys: Resealed[] = ["closed", "expired", "left", "hidden", "claim-lost", "decided", "revoked"];
    const event = fc.constantFrom<ViewEvent>(
      asked,
      opened,
      { type: "refused", error: new Error("no") },
      ...whys.map((why): ViewEvent => ({ type: "resealed", why })),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const state = run(...events);
        expect("content" in state).toBe(state.phase === "open");
      }),
    );
  });

  it("seals from every state", () => {
    for (const before of [[], [asked], [asked, opened]])
      expect(run(...before, { type: "resealed", why: "expired" }).phase).toBe("sealed");
  });
});
