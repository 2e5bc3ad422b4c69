import { expect, test } from "vitest";
import { NOTICE_KINDS, type NoticeDto } from "../../contracts/breakGlass.ts";
import { noticeWords } from "./noticeWords.ts";

const notice: NoticeDto = {
  id: "n",
  kind: "break_glass",
  level: 2,
  at: "2026-01-01T00:00:00Z",
  subject: { id: "a", name: "An Example" },
  other: { id: "b", name: "Another Example" },
  caseId: "c",
  requestId: null,
  breakGlassId: null,
  lawfulRequest: { id: "r", number: "LR-000012" },
  holdId: null,
  daysLeft: 7,
  acknowledgedAt: null,
  acknowledged: [],
};

test("each kind of notice names who it is about and leads somewhere", () => {
  for (const kind of NOTICE_KINDS) {
    const { says, href } = noticeWords({ ...notice, kind });
    expect(says).toMatch(/An Example|LR-000012/);
    expect(href).toMatch(/^\//);
  }
  expect(noticeWords({ ...notice, kind: "break_glass_overdue" }).says).toContain("level 2");
  expect(noticeWords({ ...notice, kind: "reciprocal_approval" }).says).toContain("Another Example");
});
