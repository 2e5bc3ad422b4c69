import type { Figures } from "../../contracts/cybertip.ts";

const COLUMNS = [
  ["month", "month"],
  ["started", "started"],
  ["filed", "filed"],
  ["filedInTime", "filed_in_time"],
  ["withdrawn", "withdrawn"],
  ["highPriority", "high_priority"],
  ["textOnly", "text_only"],
  ["files", "files"],
  ["filesViewed", "files_viewed_by_us"],
] as const satisfies readonly (readonly [keyof Figures["months"][number], string])[];

/** The figures as a table of months, RFC 4180. Numbers and months alone: nothing that a spreadsheet would run. */
export function figuresCsv({ months }: Figures): string {
  const lines = [COLUMNS.map(([, title]) => title), ...months.map((row) => COLUMNS.map(([key]) => row[key]))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}
