import type { Problem } from "./check/problem.ts";
import type { FileDetailsDraft } from "./model/fileDetails.ts";
import type { Report, ReportDraft } from "./model/report.ts";
import type { SchemaVersion } from "./model/versions.ts";
import { validateFileDetails, validateReport } from "./validate.ts";

/** Which attachment of the thread, as intake keeps it. */
export interface AttachmentRef {
  readonly messageId: string;
  readonly revision: number;
  readonly ordinal: number;
}

/** What a specialist says of one attachment, and whether it goes with the report. */
export interface DraftFile {
  readonly attachment: AttachmentRef;
  readonly include: boolean;
  /** Why it is left out. Metadata: it stands in the register, so it tells nothing of what the file shows. */
  readonly reason?: string;
  readonly details: FileDetailsDraft;
}

/** A report while it is written: what people say. What they may not say is added when it is assembled. */
export interface CyberTipDraft {
  readonly report: ReportDraft;
  readonly files: readonly DraftFile[];
  readonly transcript: { readonly include: boolean };
}

/** What nobody types: the reporter comes from the settings, the rest from the ledger and the log (promise 7). */
export const DERIVED_REPORT_FIELDS = ["reporter"] as const;
export const DERIVED_FILE_FIELDS = ["reportId", "fileId", "fileViewedByEsp", "exifViewedByEsp"] as const;

/** @returns pointers to what somebody tried to say and may not; empty when there is nothing of the kind */
export function derivedFieldsIn(draft: CyberTipDraft): string[] {
  return [
    ...DERIVED_REPORT_FIELDS.filter((name) => draft.report[name] !== undefined).map(
      (name) => `/report/${name}`,
    ),
    ...draft.files.flatMap((file, i) =>
      DERIVED_FILE_FIELDS.filter((name) => file.details[name] !== undefined).map(
        (name) => `/files/${i}/details/${name}`,
      ),
    ),
  ];
}

/** The model is nine levels deep; whatever is far deeper was not written with a form. */
const DEEPEST = 60;

/** @returns whether a draft is nested deeper than anything that could be said. Without recursion, whatever it is given */
export function isTooDeep(draft: unknown): boolean {
  let level: unknown[] = [draft];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value as object) : [],
    );
  }
  return false;
}

export interface DraftProblem extends Omit<Problem, "rule"> {
  readonly rule: Problem["rule"] | DraftRule;
}

/** Rules of a draft that no document has by itself. */
export const DRAFT_RULES = {
  "draft.reporter": "The settings say who reports.",
  "draft.leftOut": "What is left out is left out for a reason.",
  "draft.twice": "An attachment is named once.",
} as const;
export type DraftRule = keyof typeof DRAFT_RULES;

interface Options {
  /** Whoever reports, by the settings; null when they do not say. */
  readonly reporter: Report["reporter"] | null;
  readonly now: Date;
  readonly version: SchemaVersion;
}

/**
 * Checks a draft as it would be filed.
 *
 * @returns problems in the order of the document; pointers are into the draft: `/report/…`, `/files/{i}/details/…`
 */
export function validateDraft(draft: CyberTipDraft, { reporter, now, version }: Options): DraftProblem[] {
  const batched = draft.report.batchedReport !== undefined;
  const problems: DraftProblem[] = [];
  const report = reporter === null ? draft.report : { ...draft.report, reporter };
  for (const one of validateReport(report, { now, version })) {
    if (!one.pointer.startsWith("/reporter")) problems.push({ ...one, pointer: `/report${one.pointer}` });
    // What is wrong with the settings is said once, and to whom it belongs.
    else if (one.severity === "error" && !problems.some((other) => other.rule === "draft.reporter"))
      problems.push({
        pointer: "/report/reporter",
        rule: "draft.reporter",
        severity: "error",
        field: "Reporter",
        message:
          "The settings do not say in full who reports. Ask an administrator of the machine to complete them.",
      });
  }
  const seen = new Set<string>();
  for (const [i, file] of draft.files.entries()) {
    const field = `File ${i + 1}`;
    const key = `${file.attachment.messageId}/${file.attachment.revision}/${file.attachment.ordinal}`;
    if (seen.has(key))
      problems.push({
        pointer: `/files/${i}/attachment`,
        rule: "draft.twice",
        severity: "error",
        field,
        message: "This attachment is named twice. Remove one of the two.",
      });
    seen.add(key);
    if (!file.include) {
      if ((file.reason ?? "").trim() === "")
        problems.push({
          pointer: `/files/${i}/reason`,
          rule: "draft.leftOut",
          severity: "error",
          field: `${field} › Reason`,
          message: "Say why this file is left out.",
        });
      continue;
    }
    const about = { now, version, batched, idsPending: true };
    for (const one of validateFileDetails(file.details, about))
      problems.push({
        ...one,
        pointer: `/files/${i}/details${one.pointer}`,
        field: `${field} › ${one.field}`,
      });
  }
  const files = draft.files.filter((file) => file.include).length + (draft.transcript.include ? 1 : 0);
  if (batched && files !== 1)
    problems.push({
      pointer: draft.transcript.include ? "/transcript/include" : "/files",
      rule: "service.batchOneFile",
      severity: "error",
      field: "Files",
      message: "A batch has exactly one file, the one that all of them shared, and no transcript.",
    });
  return problems;
}

/** Counts of a list of problems, for the record of a revision. */
export function countProblems(problems: readonly DraftProblem[]): { errors: number; warnings: number } {
  const errors = problems.filter((one) => one.severity === "error").length;
  return { errors, warnings: problems.length - errors };
}
