import { FILE_DETAILS } from "./fileDetails.ts";
import { REPORT } from "./report.ts";
import { REPORT_DONE_RESPONSE, REPORT_RESPONSE } from "./responses.ts";

/** Every document of the schema, by the name of its root element. */
export const DOCUMENTS = {
  report: REPORT,
  fileDetails: FILE_DETAILS,
  reportResponse: REPORT_RESPONSE,
  reportDoneResponse: REPORT_DONE_RESPONSE,
} as const;

export type DocumentName = keyof typeof DOCUMENTS;
