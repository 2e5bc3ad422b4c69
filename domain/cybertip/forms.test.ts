import { describe, expect, test } from "vitest";
import { expiresAt } from "./expiry.ts";
import { DOCUMENTS } from "./model/documents.ts";
import { readPointer, writePointer } from "./pointer.ts";
import { afterRetraction, isKnownCode, meaningOf } from "./responseCodes.ts";
import { tidyDraft } from "./tidyDraft.ts";
import { fieldsAlong, labelOf, listFields } from "./walkModel.ts";

describe("what forms take from the model", () => {
  test("every field has a label, a help text and a pointer that leads to it", () => {
    for (const [name, type] of Object.entries(DOCUMENTS))
      for (const { pattern, field, kind } of listFields(type, "2026-08")) {
        expect(field.label.trim(), `${name}${pattern}`).not.toBe("");
        expect(field.help, `${name}${pattern}`).toMatch(/[.)]$/);
        const found = fieldsAlong(type, pattern.replaceAll("*", "0"))?.at(-1);
        expect(found, `${name}${pattern}`).toMatchObject({ kind });
        expect(found?.field.label).toBe(field.label);
      }
  });

  test("later fields are listed in the later version alone", () => {
    const patterns = (version: "2025-11" | "2026-08") =>
      listFields(DOCUMENTS.report, version).map((one) => one.pattern);
    const later = patterns("2026-08").filter((one) => !patterns("2025-11").includes(one));
    expect(later).toContain("/incidentSummary/reportAnnotations/informational");
    expect(later.every((one) => /ageAssertionDiscrepancy|reportAnnotations/.test(one))).toBe(true);
  });

  test("pointers are spelt in plain words", () => {
    const { report } = DOCUMENTS;
    expect(labelOf(report, "/personOrUserReported/0/personOrUserReportedPerson/email/1/verified")).toBe(
      "Person reported 1 › Person › E-mail 2 › Verified",
    );
    expect(labelOf(report, "/victim/0/profileUrl/2")).toBe("Victim 1 › Profile address 3");
    expect(labelOf(report, "")).toBe("The whole document");
    for (const nowhere of ["/nothing", "/victim/x", "/incidentSummary/0", "/victim/0/0", "/constructor", "x"])
      expect(fieldsAlong(report, nowhere) ?? []).toEqual([]);
  });

  test("pointers are written and read (RFC 6901)", () => {
    const path = ["a/b", 0, "m~n", "01", ""];
    expect(writePointer(path)).toBe("/a~1b/0/m~0n/01/");
    expect(readPointer(writePointer(path))).toEqual(path);
  });

  test("a tidy draft holds nothing that says nothing", () => {
    expect(
      tidyDraft({
        incidentSummary: { platform: " ", reportAnnotations: { spam: undefined } },
        victim: [{ victimPerson: { firstName: "" }, displayName: ["", "Sample"], compromisedAccount: false }],
        internetDetails: [{ chatImIncident: { content: "" } }],
        intendedRecipient: [{ espIdentifier: "" }],
        additionalInfo: null,
      }),
    ).toEqual({
      victim: [{ victimPerson: {}, displayName: ["Sample"], compromisedAccount: false }],
      internetDetails: [{ chatImIncident: {} }],
    });
    expect(tidyDraft({})).toEqual({});
  });
});

describe("codes and limits", () => {
  test("every code has a meaning, known or not", () => {
    expect(meaningOf(0).kind).toBe("success");
    for (const [code, kind] of [
      [1000, "server"],
      [1999, "server"],
      [2000, "sign-in"],
      [3100, "rights"],
      [4100, "request"],
      [4999, "request"],
      [5102, "state"],
      [9999, "request"],
      [-1, "request"],
    ] as const)
      expect(meaningOf(code).kind).toBe(kind);
    expect([isKnownCode(5102), isKnownCode(5103), isKnownCode(Number.NaN)]).toEqual([true, false, false]);
  });

  test("a retraction tells where a filing stood", () => {
    expect([0, 5001, 5101].map(afterRetraction)).toEqual(["start-over", "start-over", "start-over"]);
    expect(afterRetraction(5102)).toBe("was-finished");
    expect(afterRetraction(1000)).toBe("ask-again");
    expect([2000, 3000, 4000, 7777].map(afterRetraction)).toEqual(["stop", "stop", "stop", "stop"]);
  });

  test("the later of the two limits counts", () => {
    const opened = new Date("2026-01-01T00:00:00Z");
    expect(expiresAt(opened, null).toISOString()).toBe("2026-01-02T00:00:00.000Z");
    expect(expiresAt(opened, new Date("2026-01-01T12:00:00Z")).toISOString()).toBe(
      "2026-01-02T00:00:00.000Z",
    );
    expect(expiresAt(opened, new Date("2026-01-01T23:30:00Z")).toISOString()).toBe(
      "2026-01-02T00:30:00.000Z",
    );
  });
});
