import { describe, expect, it } from "vitest";
import type { CaseRow, QueuePage } from "../../contracts/triage.ts";
import { pagesHolding, type ReadPages, rowsOf, withPage } from "./queuePages.ts";

const row = (id: string): CaseRow => ({
  id,
  number: Number(id.slice(1)),
  category: "other",
  severity: "low",
  priority: 1,
  sources: ["keyword"],
  region: "eu",
  flagCount: 1,
  messageCount: 1,
  participantCount: 2,
  minorCount: 0,
  openedAt: "2026-01-01T00:00:00Z",
  dueAt: "2026-01-02T00:00:00Z",
  previousCaseId: null,
  claim: null,
});
const page = (ids: string, nextCursor: string | null): QueuePage => ({
  queue: { id: "q", name: "Queue" },
  cases: ids.split(" ").map(row),
  nextCursor,
});
const read: ReadPages = {
  pages: [page("c1 c2 c3", "after-3"), page("c4 c5 c6", null)],
  pageParams: [null, "after-3"],
};
const idsOf = (pages: ReadPages): string =>
  rowsOf(pages)
    .map(({ id }) => id)
    .join(" ");
const none = new Set<string>();

describe("queue pages", () => {
  it("finds the pages to read anew", () => {
    expect(pagesHolding(read, new Set(["c5", "c9"]))).toEqual([1]);
    expect(pagesHolding(read, none)).toEqual([]);
  });

  it("drops a decided case and shows a case once that moved up a page", () => {
    expect(idsOf(withPage(read, 0, page("c1 c3 c4", "after-4"), new Set(["c2"])))).toBe("c1 c3 c4 c5 c6");
  });

  it("loses no case that a newcomer pushed over the edge of its page", () => {
    const after = withPage(read, 0, page("c7 c1 c2", "after-2"), none);
    expect(idsOf(after)).toBe("c7 c1 c2 c3 c4 c5 c6");
    expect(after.pages[0]?.nextCursor).toBe("after-3");
  });

  it("leaves everything alone when the page is gone", () => {
    expect(withPage(read, 7, page("c9", null), none)).toBe(read);
  });
});
