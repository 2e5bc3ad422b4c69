import { describe, expect, test } from "vitest";
import { INCIDENT_REPORT } from "../samples/incidentReport.ts";
import { serialise } from "../serialise.ts";
import { OFFICIAL_XSD, SchemaCheck } from "../test/officialSchema.ts";
import { compareWithModel, differencesOf } from "./compareSchemas.ts";
import { shapeOfModel } from "./shapeOfModel.ts";
import { shapeOfSchema } from "./shapeOfSchema.ts";
import { writeSchema } from "./writeSchema.ts";

describe("schema", () => {
  test.skipIf(OFFICIAL_XSD === null)("the model is the service's own schema, element by element", () => {
    const theirs = shapeOfSchema(OFFICIAL_XSD ?? "");
    expect(theirs?.size).toBeGreaterThan(400);
    expect(theirs && differencesOf(shapeOfModel("2025-11"), theirs)).toEqual([]);
    expect(compareWithModel(OFFICIAL_XSD ?? "", "2025-11")).toEqual({
      kind: "compared",
      fits: "2025-11",
      differences: [],
      breaks: false,
    });
  });

  test.each(["2025-11", "2026-08"] as const)("what is written of %s is read back the same", (version) => {
    const xsd = writeSchema(version);
    expect(compareWithModel(xsd, version)).toMatchObject({ fits: version, differences: [] });
    using check = new SchemaCheck(xsd);
    expect(check.problemOf(serialise("report", INCIDENT_REPORT, version))).toBeNull();
    expect(check.problemOf("<report/>")).not.toBeNull();
  });

  test("additions are named and break nothing", () => {
    const compared = compareWithModel(writeSchema("2026-08"), "2025-11");
    expect(compared).toMatchObject({ kind: "compared", fits: "2026-08", breaks: false });
    const paths =
      compared.kind === "compared" ? compared.differences.map((one) => `${one.kind} ${one.path}`) : [];
    expect(paths).toContain("added report/incidentSummary/reportAnnotations/informational");
    expect(paths).toContain("added report/victim/victimPerson/ageAssertionDiscrepancy");
  });

  test.each([
    ["a value gone", '<xs:enumeration value="B2"/>', "", true],
    [
      "a value more",
      '<xs:enumeration value="B2"/>',
      '<xs:enumeration value="B2"/><xs:enumeration value="C1"/>',
      false,
    ],
    ["an element gone", /<xs:element name="caseNumber"[^>]*>/, "", true],
    [
      "an element required",
      '<xs:element name="caseNumber" minOccurs="0"',
      '<xs:element name="caseNumber"',
      true,
    ],
    [
      "an element more, required",
      '<xs:element name="caseNumber"',
      '<xs:element name="x" type="xs:int"/>$&',
      true,
    ],
    [
      "an element more, optional",
      '<xs:element name="caseNumber"',
      '<xs:element name="x" minOccurs="0" type="xs:int"/>$&',
      false,
    ],
    [
      "another type",
      '<xs:element name="port" minOccurs="0" type="xs:int"',
      '<xs:element name="port" minOccurs="0" type="xs:string"',
      true,
    ],
  ])("%s is seen", (_, from, to, breaks) => {
    const before = writeSchema("2025-11");
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    const compared = compareWithModel(after, "2025-11");
    expect(compared).toMatchObject({ kind: "compared", fits: null, breaks });
  });

  test("what is no schema is unreadable", () => {
    for (const text of ["", "<a/>", "<!DOCTYPE a><xs:schema/>", "<html>", "<xs:schema/>"])
      expect(compareWithModel(text, "2025-11")).toEqual({ kind: "unreadable" });
  });
});
