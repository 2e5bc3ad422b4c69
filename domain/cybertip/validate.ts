import { checkValue } from "./check/checkValue.ts";
import type { Problem } from "./check/problem.ts";
import { DOCUMENTS, type DocumentName } from "./model/documents.ts";
import type { FileDetailsDraft } from "./model/fileDetails.ts";
import type { ComplexType } from "./model/kinds.ts";
import type { ReportDraft } from "./model/report.ts";
import type { SchemaVersion } from "./model/versions.ts";
import { writePointer } from "./pointer.ts";
import { ACCOUNT_RULES } from "./rules/account.ts";
import { BATCH_RULES } from "./rules/batch.ts";
import { CONTACT_RULES } from "./rules/contact.ts";
import { FILE_DETAILS_RULES } from "./rules/fileDetails.ts";
import { REPORT_RULES } from "./rules/report.ts";
import type { Rule } from "./rules/ruleOn.ts";
import { severityOf } from "./rules/table.ts";
import { labelOf } from "./walkModel.ts";

const RULES_OF: ReadonlyMap<ComplexType, readonly Rule[]> = Map.groupBy(
  [...CONTACT_RULES, ...ACCOUNT_RULES, ...REPORT_RULES, ...BATCH_RULES, ...FILE_DETAILS_RULES],
  (rule) => rule.type,
);

export interface ValidateOptions {
  /** The moment before which every time must lie. */
  readonly now: Date;
  readonly version: SchemaVersion;
}

/**
 * Checks a report against the schema and the service's documented rules, as far as anybody but the service can.
 *
 * @returns every problem, in the order of the schema; no error among them means that it may be submitted
 */
export function validateReport(draft: ReportDraft, options: ValidateOptions): Problem[] {
  return validate("report", draft, options, isBatched(draft), []);
}

/**
 * Checks one file's details.
 *
 * @param options.batched whether the report is a batch
 * @param options.idsPending whether the service has yet to give the report's number and the file's id
 */
export function validateFileDetails(
  draft: FileDetailsDraft,
  options: ValidateOptions & { readonly batched: boolean; readonly idsPending?: boolean },
): Problem[] {
  return validate(
    "fileDetails",
    draft,
    options,
    options.batched,
    options.idsPending ? ["reportId", "fileId"] : [],
  );
}

/**
 * Checks a report together with all its files, before it is opened at the service.
 *
 * @returns pointers begin with `/report` or `/files/{index}`
 */
export function validateFiling(
  filing: { readonly report: ReportDraft; readonly files: readonly FileDetailsDraft[] },
  options: ValidateOptions,
): Problem[] {
  const batched = isBatched(filing.report);
  const problems = validateReport(filing.report, options).map((one) => ({
    ...one,
    pointer: `/report${one.pointer}`,
  }));
  for (const [i, file] of filing.files.entries())
    for (const one of validateFileDetails(file, { ...options, batched, idsPending: true }))
      problems.push({ ...one, pointer: `/files/${i}${one.pointer}`, field: `File ${i + 1} › ${one.field}` });
  if (batched && filing.files.length !== 1)
    problems.push({
      pointer: "/files",
      rule: "service.batchOneFile",
      severity: "error",
      field: "Files",
      message: "A batch has exactly one file: the one that all of them shared.",
    });
  return problems;
}

/** Checks any document of the schema, such as an answer of the service. */
export function validateDocument(
  document: DocumentName,
  value: unknown,
  options: ValidateOptions,
): Problem[] {
  return validate(document, value, options, false, []);
}

function validate(
  document: DocumentName,
  value: unknown,
  { now, version }: ValidateOptions,
  batched: boolean,
  pending: readonly string[],
): Problem[] {
  const problems: Problem[] = [];
  const root = DOCUMENTS[document];
  const field = { type: root, min: 1, many: false, label: "The whole document", help: "" } as const;
  checkValue(
    {
      version,
      around: { now, batched },
      rules: RULES_OF,
      pending,
      say: (rule, path, message) => {
        const pointer = writePointer(path);
        problems.push({ pointer, rule, severity: severityOf(rule), field: labelOf(root, pointer), message });
      },
    },
    root,
    field,
    value,
    [],
  );
  return problems;
}

function isBatched(draft: ReportDraft): boolean {
  return typeof draft === "object" && draft !== null && draft.batchedReport !== undefined;
}
