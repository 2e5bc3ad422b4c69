import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spellForbidden } from "./characters.ts";
import { readDateTime } from "./check/moments.ts";
import { isEmail, isIp, isUrl } from "./check/textFormats.ts";
import type { FileDetailsDraft } from "./model/fileDetails.ts";
import type { ReportDraft } from "./model/report.ts";
import { readDocument } from "./readDocument.ts";
import { RULES, severityOf } from "./rules/table.ts";
import { BATCHED_REPORT_SAMPLE } from "./samples/batchedReport.ts";
import { INCIDENT_REPORT } from "./samples/incidentReport.ts";
import { writeSchema } from "./schema/writeSchema.ts";
import { serialise, Unwritable } from "./serialise.ts";
import { anyFileDetails, anyReport } from "./test/arbitraries.ts";
import { MUTANTS, type Mutant } from "./test/mutants.ts";
import { OFFICIAL_XSD, SchemaCheck } from "./test/officialSchema.ts";
import { validateFileDetails, validateFiling, validateReport } from "./validate.ts";

const now = new Date("2026-03-01T00:00:00Z");
const version = "2025-11";
const errorsOf = <T extends { severity: string }>(problems: T[]) =>
  problems.filter((one) => one.severity === "error");

/** What comes back from XML: forbidden characters spelt out. */
function spelt(value: unknown): unknown {
  if (typeof value === "string") return spellForbidden(value);
  if (Array.isArray(value)) return value.map(spelt);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spelt(one)]));
}

describe("any draft that has no error", () => {
  const schemas = [writeSchema(version), ...(OFFICIAL_XSD === null ? [] : [OFFICIAL_XSD])];

  test("is XML that the schema takes and that reads back the same: 2,000 reports", () => {
    const checks = schemas.map((xsd) => new SchemaCheck(xsd));
    fc.assert(
      fc.property(anyReport(version), (report) => {
        expect(errorsOf(validateReport(report, { now, version }))).toEqual([]);
        const xml = serialise("report", report, version);
        for (const check of checks) expect(check.problemOf(xml)).toBeNull();
        expect(readDocument("report", xml, version, 1e7)).toEqual({
          kind: "read",
          value: spelt(report),
          misfits: [],
        });
      }),
      { numRuns: 2000 },
    );
    for (const check of checks) check[Symbol.dispose]();
  }, 120_000);

  test("is XML that the schema takes and that reads back the same: 2,000 file details", () => {
    const checks = schemas.map((xsd) => new SchemaCheck(xsd));
    fc.assert(
      fc.property(anyFileDetails(version), (file) => {
        expect(errorsOf(validateFileDetails(file, { now, version, batched: false }))).toEqual([]);
        const xml = serialise("fileDetails", file, version);
        for (const check of checks) expect(check.problemOf(xml)).toBeNull();
        expect(readDocument("fileDetails", xml, version, 1e7)).toEqual({
          kind: "read",
          value: spelt(file),
          misfits: [],
        });
      }),
      { numRuns: 2000 },
    );
    for (const check of checks) check[Symbol.dispose]();
  }, 120_000);

  test("of the later version fits the later schema: 300 reports", () => {
    using check = new SchemaCheck(writeSchema("2026-08"));
    fc.assert(
      fc.property(anyReport("2026-08"), (report) => {
        expect(errorsOf(validateReport(report, { now, version: "2026-08" }))).toEqual([]);
        expect(check.problemOf(serialise("report", report, "2026-08"))).toBeNull();
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

describe("a draft that breaks one rule", () => {
  test("there is a way to break each rule", () => {
    const broken = new Set([...MUTANTS.map((one) => one.rule), "service.batchOneFile"]);
    expect(Object.keys(RULES).filter((rule) => !broken.has(rule))).toEqual([]);
  });

  const batchFile = { reportId: "1", fileId: "a", fileAnnotations: { viral: true } };
  const problemsOf = (mutant: Mutant, value: object) =>
    mutant.document === "report"
      ? validateReport(value as ReportDraft, { now, version })
      : validateFileDetails(value as FileDetailsDraft, { now, version, batched: mutant.batched ?? false });

  test.each(MUTANTS.map((mutant, i) => ({ mutant, name: `${mutant.rule} at ${mutant.pointer} (${i})` })))(
    "$name is told by name",
    ({ mutant }) => {
      const good: fc.Arbitrary<object> = mutant.batched
        ? fc.constant(mutant.document === "report" ? BATCHED_REPORT_SAMPLE : batchFile)
        : mutant.document === "report"
          ? anyReport(version).filter((one) => one.batchedReport === undefined)
          : anyFileDetails(version);
      fc.assert(
        fc.property(good, (before) => {
          const problems = problemsOf(mutant, mutant.mutate({ ...before }));
          const found = problems.find((one) => one.rule === mutant.rule && one.pointer === mutant.pointer);
          expect(found).toMatchObject({ severity: severityOf(mutant.rule) });
          expect(found?.message).toMatch(/^[A-Z0-9].*\.$/s);
          expect(found?.field).not.toMatch(
            /schema does not have/.test(found?.field ?? "") ? /^$/ : /[{}/]{2}/,
          );
          const others = errorsOf(problems).filter((one) => one.rule !== mutant.rule);
          expect(others).toEqual([]);
        }),
        { numRuns: mutant.batched ? 1 : 15 },
      );
    },
  );

  test("a batch without, or with two files, is told by name", () => {
    const filing = { report: BATCHED_REPORT_SAMPLE, files: [{ fileAnnotations: { viral: true } }] } as const;
    expect(errorsOf(validateFiling(filing, { now, version }))).toEqual([]);
    for (const files of [[], [...filing.files, ...filing.files]])
      expect(errorsOf(validateFiling({ ...filing, files }, { now, version }))).toMatchObject([
        { rule: "service.batchOneFile", pointer: "/files" },
      ]);
  });

  test("pointers of a filing say which document", () => {
    const files = [{}, { fileId: "given later", exifViewedByEsp: true }];
    const problems = errorsOf(validateFiling({ report: {}, files }, { now, version }));
    expect(problems.map((one) => one.pointer)).toEqual([
      "/report/incidentSummary",
      "/report/reporter",
      "/files/1/fileId",
      "/files/1/exifViewedByEsp",
    ]);
    expect(problems.at(-1)?.field).toBe("File 2 › Its metadata viewed by us");
  });

  test("no message quotes what somebody wrote", () => {
    const canary = "CANARY-7f3a";
    const spoilt = (value: unknown): unknown => {
      if (typeof value === "string") return `${canary} \u0000`;
      if (Array.isArray(value)) return value.map(spoilt);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spoilt(one)]));
    };
    const draft = spoilt(INCIDENT_REPORT) as ReportDraft;
    const problems = validateReport(draft, { now, version });
    expect(problems.length).toBeGreaterThan(50);
    expect(JSON.stringify(problems)).not.toContain(canary);
  });

  test("whatever comes instead of a draft has a result", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (value) => {
          const problems = validateReport(value as ReportDraft, { now, version });
          expect(errorsOf(problems).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("what cannot be written", () => {
  test.each([
    ["an unknown field", { ...INCIDENT_REPORT, nickname: "x" }, "/nickname"],
    [
      "a later field",
      { ...INCIDENT_REPORT, victim: [{ victimPerson: { ageAssertionDiscrepancy: true } }] },
      "/victim/0/victimPerson/ageAssertionDiscrepancy",
    ],
    [
      "a forbidden character in an id",
      { ...INCIDENT_REPORT, victim: [{ victimPerson: {}, espIdentifier: "\u0001" }] },
      "/victim/0/espIdentifier",
    ],
    ["a number for a text", { ...INCIDENT_REPORT, additionalInfo: 7 }, "/additionalInfo"],
    [
      "a tag that says no",
      { ...INCIDENT_REPORT, incidentSummary: { reportAnnotations: { spam: false } } },
      "/incidentSummary/reportAnnotations/spam",
    ],
  ])("%s is refused with its place", (_, value, pointer) => {
    expect(() => serialise("report", value as never, version)).toThrow(Unwritable);
    try {
      serialise("report", value as never, version);
    } catch (problem) {
      expect(problem).toMatchObject({ pointer });
    }
  });
});

describe("formats", () => {
  test.each([
    ["192.0.2.1", true],
    ["::", true],
    ["::1", true],
    ["2001:db8::192.0.2.1", true],
    ["::ffff:192.0.2.1", true],
    ["1:2:3:4:5:6:7:8", true],
    ["1:2:3:4:5:6:192.0.2.1", true],
    ["1:2:3:4:5:6:7::", true],
    ["192.0.2", false],
    ["192.0.02.1", false],
    ["1:2:3:4:5:6:7", false],
    ["1::2::3", false],
    [":::", false],
    ["1:2:3:4:5:6:7:192.0.2.1", false],
    ["192.0.2.1::", false],
    ["12345::", false],
    ["", false],
    [" ::1", false],
  ])("address %s: %s", (text, ok) => expect(isIp(text)).toBe(ok));
  test.each([
    ["a@example.org", true],
    ["a.b+c@sub.example.org", true],
    ["ü@bücher.example", true],
    ["a@example", false],
    ["@example.org", false],
    ["a..b@example.org", false],
    [".a@example.org", false],
    ["a b@example.org", false],
    ["a@-example.org", false],
    ["a@b@example.org", false],
    ["", false],
  ])("e-mail %s: %s", (text, ok) => expect(isEmail(text)).toBe(ok));
  test.each([
    ["https://example.org", true],
    ["http://192.0.2.1:8080/a?b#c", true],
    ["HTTPS://EXAMPLE.ORG/", true],
    ["//example.org", false],
    ["https://", false],
    ["https://exa mple.org", false],
    ["data:text/plain,a", false],
  ])("web address %s: %s", (text, ok) => expect(isUrl(text)).toBe(ok));
  test.each([
    ["2024-02-29T23:59:59.999Z", true],
    ["2024-02-29T00:00:00+14:00", true],
    ["0001-01-01T00:00:00Z", true],
    ["2023-02-29T00:00:00Z", false],
    ["2024-01-01T24:00:00Z", false],
    ["2024-01-01T00:00:60Z", false],
    ["2024-01-01T00:00:00+14:01", false],
    ["2024-01-01 00:00:00Z", false],
    ["0000-01-01T00:00:00Z", false],
    ["2024-1-1T00:00:00Z", false],
  ])("time %s: %s", (text, ok) => expect(readDateTime(text) !== null).toBe(ok));
});
