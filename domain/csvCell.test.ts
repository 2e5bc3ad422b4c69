import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvCell, csvLine } from "./csvCell.ts";

const read = (line: string): string[] => parse(line, { relax_column_count: true }).flat();

/** The worst that a program of another separator can make of a line: it cuts at every one, quotes or not. */
const cut = (line: string, separator: string) => line.split(new RegExp(`[${separator}\\r\\n]`));

/** Every reading of a line as cells. */
const readings = (line: string) => [read(line), ...[",", ";", "\t", "|"].map((s) => cut(line, s))].flat();

const starts = (cell: string) => /^[\s\p{Cc}\p{Cf}"]*[=+\-@＝＋－＠]/u.test(cell);

describe("a formula does not run in a spreadsheet", () => {
  test.each([
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\u200b=1",
    "\u202e=1",
    "＝1",
    '=HYPERLINK("https://example.org","click")',
    "harmless;=1",
    "harmless\t=1",
    "harmless,=1",
    "harmless\n=1",
    'harmless"=1',
    "harmless|@x",
  ])("%j", (value) => {
    const line = csvLine(["id", value, "end"]);
    for (const cell of readings(line)) expect(starts(cell), cell).toBe(false);
  });

  test("whatever is typed, no cell of any reading begins a formula", () => {
    const hostile = fc.string({
      unit: fc.constantFrom(..."=+-@＝＋\t\r\n ;,|\"'a1\u200b\u2028"),
      maxLength: 12,
    });
    fc.assert(
      fc.property(hostile, hostile, (one, two) => {
        const line = csvLine([one, two]);
        for (const cell of readings(line)) expect(starts(cell), cell).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

test("whatever is typed stays one cell, and reads back as it was but for the apostrophes", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 2, maxLength: 5 }), (cells) => {
      const back = read(csvLine(cells));
      expect(back).toHaveLength(cells.length);
      expect(back.map((c) => c.replaceAll("'", ""))).toEqual(cells.map((c) => c.replaceAll("'", "")));
    }),
  );
});

test("the test itself sees a formula where no guard stands", () => {
  expect(readings('"harmless;=1"\r\n').some(starts)).toBe(true);
  expect(readings("=1\r\n").some(starts)).toBe(true);
});

test("plain words are left alone, numbers are numbers, nothing is an empty cell", () => {
  expect(csvLine(["Reviewing the reported messages.", -5, null])).toBe(
    '"Reviewing the reported messages.",-5,\r\n',
  );
  expect(csvCell('He said "no"')).toBe('"He said ""no"""');
  expect(csvCell("well-known")).toBe('"well-known"');
  expect(csvCell("2026-01-01T00:00:00.000Z")).toBe('"2026-01-01T00:00:00.000Z"');
});
