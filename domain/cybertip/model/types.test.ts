import { expect, expectTypeOf, test } from "vitest";
import type { FileDetails } from "./fileDetails.ts";
import { complex, maybe, text } from "./kinds.ts";
import { REPORT, type Report, type ReportDraft } from "./report.ts";

test("types follow from the model", () => {
  expectTypeOf<Report["incidentSummary"]["incidentType"]>().toExtend<string>();
  expectTypeOf<"Child Sex Tourism">().toExtend<Report["incidentSummary"]["incidentType"]>();
  expectTypeOf<"no type">().not.toExtend<Report["incidentSummary"]["incidentType"]>();
  expectTypeOf<Report["personOrUserReported"]>().toExtend<readonly object[] | undefined>();
  type Account = NonNullable<NonNullable<Report["victim"]>[number]["associatedAccount"]>[number];
  expectTypeOf<Account["type"]>().toEqualTypeOf<
    "Billing" | "Linked" | "Business" | "Creator" | "Parent/Guardian" | "Other"
  >();
  expectTypeOf<NonNullable<FileDetails["originalFileHash"]>[number]>().toEqualTypeOf<{
    readonly hashType: string;
    readonly value: string;
  }>();
  expectTypeOf<object>().toExtend<ReportDraft>();
  expectTypeOf<{ reporter: { reportingPerson: object } }>().not.toExtend<Report>();
  expect(REPORT.name).toBe("report");
});

test("no name is attribute and element at once", () => {
  const type = maybe(text(), { label: "Type", help: "Twice." });
  expect(() => complex("twice", "sequence", { attributes: { type }, elements: { type } })).toThrow(
    "twice: type",
  );
});
