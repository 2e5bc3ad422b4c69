// A spreadsheet takes a cell for a formula when it begins with one of these (OWASP, "CSV Injection"); the full-width
// forms count too, since some spreadsheets fold them.
const TRIGGERS = "=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20";
// What a spreadsheet of another locale, or its import dialog, may take for the border between two cells.
const BORDERS = "\\t\\r\\n\\v\\f\\u0085\\u2028\\u2029;,|\"'";
// Skipped before a cell is looked at: white space, and what cannot be seen.
const UNSEEN = "[\\s\\p{Cc}\\p{Cf}]*";

const BEFORE_TRIGGER = new RegExp(`(^|[${BORDERS}])(${UNSEEN})(?=[${TRIGGERS}])`, "gu");
// Tab and carriage return at the front are triggers by themselves in OWASP's list.
const AT_FRONT = /^(?=[\t\r])/u;
// Ids, instants and our own words: most cells, and none of the above.
const PLAIN = /^[0-9A-Za-z][\w.:-]*$/;

/**
 * One cell of a CSV file (RFC 4180) that no spreadsheet runs: always quoted, and with an apostrophe before whatever
 * could begin a formula, at the front of the cell and after anything that could be taken for a border between cells.
 * A number stays a number. The apostrophes change the text: who needs it exactly takes NDJSON.
 *
 * @param value a text that anyone may have typed, a number of our own, or nothing
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  if (PLAIN.test(value)) return `"${value}"`;
  const guarded = value.replace(AT_FRONT, "'").replace(BEFORE_TRIGGER, "$1$2'");
  return `"${guarded.replaceAll('"', '""')}"`;
}

/** One record, with the line break that RFC 4180 asks for. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join()}\r\n`;
}
