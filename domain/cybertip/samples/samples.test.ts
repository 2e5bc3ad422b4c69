import { describe, expect, test } from "vitest";
import { hasErrors } from "../check/problem.ts";
import { DOCUMENTS } from "../model/documents.ts";
import type { ComplexType } from "../model/kinds.ts";
import { readDocument } from "../readDocument.ts";
import { serialise } from "../serialise.ts";
import { OFFICIAL_XSD, SchemaCheck } from "../test/officialSchema.ts";
import { validateFileDetails, validateReport } from "../validate.ts";
import { listFields } from "../walkModel.ts";
import { BATCHED_REPORT_SAMPLE } from "./batchedReport.ts";
import { MEME_FILE, REPORTED_FILE, TRANSCRIPT_FILE } from "./fileDetails.ts";
import { INCIDENT_REPORT } from "./incidentReport.ts";

const now = new Date("2026-03-01T00:00:00Z");
const version = "2025-11";
const reports = [INCIDENT_REPORT, BATCHED_REPORT_SAMPLE];
const files = [REPORTED_FILE, MEME_FILE, TRANSCRIPT_FILE];

/** Every path that a value uses, indices as `*`. */
function patternsOf(value: unknown, prefix = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => patternsOf(one, `${prefix}/*`));
  if (typeof value !== "object" || value === null) return [prefix];
  return [prefix, ...Object.entries(value).flatMap(([key, one]) => patternsOf(one, `${prefix}/${key}`))];
}

/** The model as paths through types, so that a type used twice counts once however deep it lies. */
function expected(type: ComplexType): string[] {
  return listFields(type, version).map((one) => one.pattern);
}

describe("samples", () => {
  test("use every element and attribute of report and fileDetails between them", () => {
    const used = new Set(reports.flatMap((one) => patternsOf(one)));
    const usedByFiles = new Set(files.flatMap((one) => patternsOf(one)));
    expect(expected(DOCUMENTS.report).filter((one) => !used.has(one))).toEqual([]);
    expect(expected(DOCUMENTS.fileDetails).filter((one) => !usedByFiles.has(one))).toEqual([]);
  });

  test("would not be refused", () => {
    for (const one of reports)
      expect(validateReport(one, { now, version }).filter((p) => hasErrors([p]))).toEqual([]);
    for (const one of files)
      expect(
        validateFileDetails(one, { now, version, batched: false }).filter((p) => hasErrors([p])),
      ).toEqual([]);
  });

  test("come back from XML as they went in", () => {
    for (const one of reports) {
      const read = readDocument("report", serialise("report", one, version), version, 1_000_000);
      expect(read).toEqual({ kind: "read", value: one, misfits: [] });
    }
    for (const one of files) {
      const read = readDocument("fileDetails", serialise("fileDetails", one, version), version, 1_000_000);
      expect(read).toEqual({ kind: "read", value: one, misfits: [] });
    }
  });

  test.skipIf(OFFICIAL_XSD === null)("are valid against the service's own schema", () => {
    using check = new SchemaCheck(OFFICIAL_XSD ?? "");
    for (const one of reports) expect(check.problemOf(serialise("report", one, version))).toBeNull();
    for (const one of files) expect(check.problemOf(serialise("fileDetails", one, version))).toBeNull();
    expect(check.problemOf("<report/>")).not.toBeNull();
  });
});
