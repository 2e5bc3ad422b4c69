import { expect, test } from "vitest";
import type { RequestDto } from "../../contracts/access.ts";
import { requestsToShow } from "./requestsToShow.ts";

const NOW = Date.parse("2026-03-02T12:00:00Z");
const request = (change: Partial<RequestDto>) =>
  ({
    id: "r",
    mine: true,
    state: "pending",
    purpose: "appeal",
    scope: "flagged_window",
    expiresAt: "2026-03-02T13:00:00Z",
    endedAt: null,
    ...change,
  }) as RequestDto;
const denied = (endedAt: string) => request({ id: "d", state: "denied", endedAt });

test("shows what waits or was approved, and nobody else’s", () => {
  const shown = requestsToShow(
    [request({}), request({ state: "approved" }), request({ mine: false }), request({ state: "used" })],
    NOW,
  );
  expect(shown.map(({ state }) => state)).toEqual(["pending", "approved"]);
});

test("shows a denial for a day, unless the same was asked again since", () => {
  const fresh = denied("2026-03-02T11:00:00Z");
  expect(requestsToShow([fresh], NOW)).toHaveLength(1);
  expect(requestsToShow([denied("2026-03-01T11:00:00Z")], NOW)).toHaveLength(0);
  expect(requestsToShow([request({}), fresh], NOW).map(({ id }) => id)).toEqual(["r"]);
  expect(requestsToShow([request({ scope: "whole_thread" }), fresh], NOW)).toHaveLength(2);
});
