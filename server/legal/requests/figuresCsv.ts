import type { FiguresLine, RequestFigures } from "../../../contracts/legal/requests.ts";

const COLUMNS = [
  ["type", "type"],
  ["jurisdiction", "jurisdiction"],
  ["received", "received"],
  ["emergency", "emergency"],
  ["accounts", "accounts"],
  ["produced", "produced"],
  ["partiallyProduced", "partially_produced"],
  ["noRecords", "no_records"],
  ["rejected", "rejected"],
  ["withdrawn", "withdrawn"],
  ["preserved", "preserved"],
  ["actedOn", "acted_on"],
  ["routed", "routed"],
  ["open", "open"],
  ["medianHoursToAcknowledge", "median_hours_to_acknowledge"],
  ["medianHoursToProduce", "median_hours_to_produce"],
] as const satisfies readonly (readonly [keyof FiguresLine, string])[];

/** The figures as a table, RFC 4180: a line a type and jurisdiction. Closed words and numbers alone: nothing that a spreadsheet runs. */
export function figuresCsv({ lines }: RequestFigures): string {
  return [COLUMNS.map(([, title]) => title), ...lines.map((line) => COLUMNS.map(([key]) => line[key] ?? ""))]
    .map((line) => `${line.join(",")}\r\n`)
    .join("");
}
