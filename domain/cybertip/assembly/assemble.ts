import type { CyberTipDraft } from "../draft.ts";
import type { FileDetails, FileDetailsDraft } from "../model/fileDetails.ts";
import type { Report } from "../model/report.ts";
import { tidyDraft } from "../tidyDraft.ts";

/** What the service gave for the report and one of its files. */
export interface FileIds {
  readonly reportId: string;
  readonly fileId: string;
}

/**
 * The report as it is sent: what people wrote, who reports by the settings, and, in a supplement, which report it adds to.
 *
 * @param supplements NCMEC's number of the report that this one adds to; null where it adds to none
 * @returns a report that `validateReport` has still to pass: what was approved may have been overtaken by the settings
 */
export function assembleReport(
  draft: CyberTipDraft,
  reporter: Report["reporter"],
  supplements: string | null,
): Report {
  const { reporter: _, ...said } = draft.report;
  const report = tidyDraft({ ...said, reporter }) as Report;
  if (supplements === null || report.additionalInfo?.includes(supplements)) return report;
  // A batch may say nothing further, and a supplement is none.
  if (report.batchedReport !== undefined) return report;
  const cites = supplementSentence(supplements);
  return {
    ...report,
    additionalInfo: report.additionalInfo ? `${cites}\n\n${report.additionalInfo}` : cites,
  };
}

/** How a supplement cites the report that it adds to. */
export function supplementSentence(ncmecReportId: string): string {
  return `This report supplements CyberTipline report ${ncmecReportId}.`;
}

/**
 * What is said of an attachment: what people wrote, the service's ids, and what the log says of who viewed it (promise 7).
 *
 * @param viewed whether staff of ours viewed the whole of this very file. Its EXIF data are shown nowhere, so nobody has
 *   viewed them
 */
export function assembleDetails(said: FileDetailsDraft, viewed: boolean, ids: FileIds): FileDetails {
  return {
    ...tidyDraft(said),
    reportId: ids.reportId,
    fileId: ids.fileId,
    fileViewedByEsp: viewed,
    exifViewedByEsp: false,
  } as FileDetails;
}

/** What is said of a transcript. Nobody opens it as a file before it is filed. */
export function transcriptDetails(fileName: string, asOf: string, ids: FileIds): FileDetails {
  return {
    reportId: ids.reportId,
    fileId: ids.fileId,
    originalFileName: fileName,
    fileViewedByEsp: false,
    exifViewedByEsp: false,
    publiclyAvailable: false,
    fileRelevance: "Supplemental Reported",
    additionalInfo: [`Transcript of the whole thread as it stood at ${asOf}. All times are in UTC.`],
  };
}
