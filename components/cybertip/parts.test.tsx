import { expect, test } from "vitest";
import type { ReportFile } from "../../contracts/cybertip.ts";
import { REPORT } from "../../domain/cybertip/model/report.ts";
import { derivedWords } from "./derivedWords.ts";
import { indexProblems, upwards } from "./form/problems.ts";
import { PARTS } from "./ReportSections.tsx";
import { tidied } from "./useDraft.ts";

test("every part of a report has its section", () => {
  expect([...PARTS].sort()).toEqual(Object.keys(REPORT.elements).sort());
});

test("a problem counts for its field and for everything around it", () => {
  expect(upwards("/files/0/details")).toEqual(["/files/0/details", "/files/0", "/files", ""]);
  const about = { rule: "service.blank", field: "", message: "" } as const;
  const { at, below } = indexProblems([
    { ...about, pointer: "/report/victim/0", severity: "error" },
    { ...about, pointer: "/report", severity: "warning" },
  ]);
  expect([at("/report/victim/0").length, at("/report/victim").length]).toEqual([1, 0]);
  expect(below("/report/victim")).toEqual({ errors: 1, warnings: 0 });
  expect(below("")).toEqual({ errors: 1, warnings: 1 });
  expect(below("/files")).toEqual({ errors: 0, warnings: 0 });
});

test("that a file was viewed is told by the log, and typed nowhere", () => {
  const attachment = { messageId: "m", revision: 1, ordinal: 0 };
  const file = (viewings: ReportFile["viewings"]) => ({ ...attachment, viewings }) as ReportFile;
  const viewing = {
    readingId: "r",
    viewId: "view-1",
    by: { id: "s", name: "Sample Specialist" },
    shownAt: "2026-01-01T00:00:00Z",
  };
  const drafts = [{ attachment, include: true, details: {} }];
  const path = ["files", 0, "details", "fileViewedByEsp"];
  expect(derivedWords([file([])], drafts)("fileViewedByEsp", path)).toMatch(/^No/);
  expect(derivedWords([file([viewing])], drafts)("fileViewedByEsp", path)).toMatch(
    /^Yes: Sample Specialist .* view-1$/,
  );
  expect(derivedWords([file([viewing])], drafts)("exifViewedByEsp", path)).toMatch(/^No/);
  expect(derivedWords([], [])("fileViewedByEsp", path)).toMatch(/^No/);
  expect(derivedWords([], drafts)("originalFileName", path)).toBeNull();
});

test("what is saved holds nothing that forms leave behind, and keeps its shape", () => {
  const attachment = { messageId: "m", revision: 1, ordinal: 0 };
  expect(
    tidied({
      report: { additionalInfo: " ", victim: [] },
      files: [{ attachment, include: false, reason: " ", details: { originalFileName: "" } }],
      transcript: { include: false },
    }),
  ).toEqual({
    report: {},
    files: [{ attachment, include: false, details: {} }],
    transcript: { include: false },
  });
});
