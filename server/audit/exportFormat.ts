import type { AuditExportFormat } from "../../contracts/audit.ts";
import { csvLine } from "../../domain/csvCell.ts";
import type { ExportRow } from "./exportRow.ts";

/** What the console knows beside the event: the log's own role sees ids alone, and its files have no such columns. */
export interface ExportNames {
  readonly actorName: string | null;
  readonly subjectName: string | null;
  readonly caseNumber: number | null;
}

type Field = readonly [header: string, of: (row: ExportRow, names: ExportNames) => string | number | null];

const NAMED: readonly Field[] = [
  ["actor_name", (_, names) => names.actorName],
  ["subject_staff_name", (_, names) => names.subjectName],
  ["case_number", (_, names) => names.caseNumber],
];

/** The columns of events.csv, in order. Only ever add at the end: people's scripts count them. */
const PLAIN: readonly Field[] = [
  ["id", (row) => row.id],
  ["at", (row) => row.at],
  ["actor_kind", (row) => row.actorKind],
  ["actor_id", (row) => row.actorId],
  ["actor_roles", (row) => row.actorRoles?.join(" ") ?? null],
  ["session_id", (row) => row.sessionId],
  ["action", (row) => row.action],
  ["outcome", (row) => row.outcome],
  ["case_id", (row) => row.caseId],
  ["thread_id", (row) => row.threadId],
  ["queue_id", (row) => row.queueId],
  ["flag_id", (row) => row.flagId],
  ["grant_id", (row) => row.grantId],
  ["view_id", (row) => row.viewId],
  ["decision_id", (row) => row.decisionId],
  ["subject_staff_id", (row) => row.subjectStaffId],
  ["purpose", (row) => row.purpose],
  ["reason", (row) => row.reason],
  ["detail", (row) => row.detail],
  ["ip", (row) => row.ip],
  ["user_agent", (row) => row.userAgent],
  ["request_id", (row) => row.requestId],
  ["leaf_salt", (row) => row.leafSalt],
  ["leaf", (row) => row.leaf],
];

export interface ExportWriter {
  readonly contentType: string;
  readonly extension: string;
  /** What stands before the first event. */
  readonly head: string;
  line(row: ExportRow, names: ExportNames | null): string;
}

const NOBODY: ExportNames = { actorName: null, subjectName: null, caseNumber: null };

/**
 * How events become lines of a file.
 *
 * @param named whether names of people and numbers of cases are among the columns
 */
export function exportWriter(format: AuditExportFormat, named: boolean): ExportWriter {
  const fields = named ? [...PLAIN, ...NAMED] : PLAIN;
  if (format === "csv") {
    return {
      contentType: "text/csv; charset=utf-8; header=present",
      extension: "csv",
      head: csvLine(fields.map(([header]) => header)),
      line: (row, names) => csvLine(fields.map(([, of]) => of(row, names ?? NOBODY))),
    };
  }
  return {
    contentType: "application/x-ndjson; charset=utf-8",
    extension: "ndjson",
    head: "",
    // The detail is put in as PostgreSQL wrote it, so that its commitment can be worked out again from the file.
    line: (row, names) => {
      const { detail, ...rest } = row;
      const front = JSON.stringify(named ? { ...rest, ...(names ?? NOBODY) } : rest);
      return `${front.slice(0, -1)},"detail":${detail}}\n`;
    },
  };
}
