import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CyberTipDraft,
  countProblems,
  DERIVED_FILE_FIELDS,
  DERIVED_REPORT_FIELDS,
  derivedFieldsIn,
  isTooDeep,
  validateDraft,
} from "./draft.ts";
import { draftFacts } from "./draftFacts.ts";
import type { Report } from "./model/report.ts";
import { nextStepOf } from "./nextStepOf.ts";
import { BATCHED_REPORT_SAMPLE } from "./samples/batchedReport.ts";
import { anyFileDetails, anyReport } from "./test/arbitraries.ts";
import { NEXT_STEPS, OPEN_STATES, REPORT_STATES } from "./vocabulary.ts";

const now = new Date("2026-03-01T00:00:00Z");
const version = "2025-11";
const reporter: Report["reporter"] = { reportingPerson: { email: [{ value: "reporter@example.org" }] } };
const options = { reporter, now, version } as const;

const file = (ordinal: number, more: Partial<CyberTipDraft["files"][number]> = {}) => ({
  attachment: { messageId: "01980000-0000-7000-8000-000000000000", revision: 1, ordinal },
  include: true,
  details: {},
  ...more,
});
const draft = (more: Partial<CyberTipDraft> = {}): CyberTipDraft => ({
  report: {
    incidentSummary: {
      incidentType: "Online Enticement of Children for Sexual Acts",
      incidentDateTime: "2026-01-01T00:00:00Z",
    },
    internetDetails: [{ chatImIncident: { chatClient: "Sample Messenger" } }],
    personOrUserReported: [{ espIdentifier: "p-0" }],
  },
  files: [],
  transcript: { include: true },
  ...more,
});
const rules = (one: CyberTipDraft, more: Partial<Parameters<typeof validateDraft>[1]> = {}) =>
  validateDraft(one, { ...options, ...more }).map(({ pointer, rule }) => [pointer, rule]);

describe("a draft as it would be filed", () => {
  test("text alone is a report", () => {
    expect(rules(draft())).toEqual([]);
  });

  test("thousands of reports and files that nobody would refuse are no errors as drafts either", () => {
    const { now: _, ...rest } = options;
    fc.assert(
      fc.property(anyReport(version), anyFileDetails(version), (report, details) => {
        const { reporter: own, ...said } = report;
        const { reportId: _r, fileId: _f, fileViewedByEsp: _v, exifViewedByEsp: _e, ...told } = details;
        const batched = report.batchedReport !== undefined;
        const one = {
          report: said,
          files: batched ? [] : [file(0, { details: told })],
          transcript: { include: batched },
        };
        const errors = validateDraft(one as CyberTipDraft, { ...rest, now: new Date(), reporter: own });
        expect(errors.filter((problem) => problem.severity === "error")).toEqual([]);
        expect(derivedFieldsIn(one as CyberTipDraft)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("problems point into the draft, and a file that is left out needs a reason and nothing else", () => {
    const wrong = draft({
      files: [
        file(0, { details: { industryClassification: "A1", fileRelevance: "Supplemental Reported" } }),
        file(1, { include: false, details: { industryClassification: "Z9" as "A1" } }),
        file(2, { include: false, reason: "Not about the incident.", details: {} }),
        file(0),
      ],
    });
    expect(rules(wrong)).toEqual([
      ["/files/0/details/industryClassification", "service.supplemental"],
      ["/files/1/reason", "draft.leftOut"],
      ["/files/3/attachment", "draft.twice"],
    ]);
    expect(rules(draft({ report: {} })).map(([pointer]) => pointer)).toContain("/report/incidentSummary");
  });

  test.each([
    ["nobody", null],
    ["somebody without an address", { reportingPerson: { firstName: "Sample" } }],
  ])("settings that name %s are one problem, said where it belongs", (_, whoever) => {
    expect(rules(draft(), { reporter: whoever })).toEqual([["/report/reporter", "draft.reporter"]]);
  });

  test("a batch has one file and no transcript", () => {
    const { reporter: _, ...report } = BATCHED_REPORT_SAMPLE;
    const viral = file(0, { details: { fileAnnotations: { viral: true } } });
    const batch = (files: CyberTipDraft["files"], include: boolean): CyberTipDraft => ({
      report,
      files,
      transcript: { include },
    });
    expect(rules(batch([viral], false))).toEqual([]);
    expect(rules(batch([], false))).toEqual([["/files", "service.batchOneFile"]]);
    expect(rules(batch([viral], true))).toEqual([["/transcript/include", "service.batchOneFile"]]);
  });

  test("every field that is derived is found wherever somebody typed it", () => {
    const typed = draft({
      report: { reporter },
      files: [
        file(0, { details: { reportId: "1", fileId: "a", fileViewedByEsp: false, exifViewedByEsp: true } }),
      ],
    });
    expect(derivedFieldsIn(typed)).toEqual([
      ...DERIVED_REPORT_FIELDS.map((name) => `/report/${name}`),
      ...DERIVED_FILE_FIELDS.map((name) => `/files/0/details/${name}`),
    ]);
    expect(countProblems(validateDraft(draft({ report: {} }), options)).errors).toBeGreaterThan(0);
  });
});

test("whatever is nested beyond all measure is no draft, and a full report is one", () => {
  const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
  expect(isTooDeep({ ...draft(), report: { victim: deep } })).toBe(true);
  fc.assert(
    fc.property(anyReport(version), (report) => !isTooDeep({ report })),
    { numRuns: 50 },
  );
});

describe("what the register may know of a draft", () => {
  test("words of closed lists, counts and account ids, and nothing that somebody could have written", () => {
    const canary = "canary";
    const facts = draftFacts({
      report: {
        incidentSummary: {
          incidentType: canary,
          escalateToHighPriority: canary,
          reportAnnotations: { sextortion: true, [canary]: true, spam: canary },
          incidentDateTime: "2026-01-01T00:00:00Z",
        },
        personOrUserReported: [
          { espIdentifier: "a" },
          { espIdentifier: "a" },
          { screenName: { value: canary } },
        ],
        victim: [
          { espIdentifier: "b\u0000" },
          { espIdentifier: "x".repeat(257) },
          { espIdentifier: "\ud800" },
        ],
      } as unknown as CyberTipDraft["report"],
      files: [
        file(0, {
          details: { industryClassification: canary as "A1", additionalInfo: [canary] },
          reason: canary,
        }),
        file(1, { include: false, reason: "Why." }),
      ],
      transcript: { include: false },
    });
    expect(JSON.stringify(facts)).not.toContain(canary);
    expect(facts).toMatchObject({
      incidentType: null,
      highPriority: true,
      annotations: ["sextortion"],
      persons: 3,
      victims: 3,
      accounts: [{ part: "reported", account: "a" }],
      files: [
        { included: true, reason: null, classification: null },
        { included: false, reason: "Why." },
      ],
    });
  });

  test("a draft of any form is read without failing", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.anything(), (report, summary) => {
        draftFacts({
          report: { ...report, incidentSummary: summary, victim: summary } as CyberTipDraft["report"],
          files: [],
          transcript: { include: true },
        });
      }),
    );
  });
});

test("every state has a next step, and open ones have one for a person or the worker", () => {
  for (const state of REPORT_STATES)
    for (const [revision, errors] of [
      [0, 0],
      [1, 2],
      [1, 0],
    ] as const) {
      const step = nextStepOf({ state, revision, errors });
      expect(NEXT_STEPS).toContain(step);
      expect(step === "none").toBe(!OPEN_STATES.includes(state));
    }
});
