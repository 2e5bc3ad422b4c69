import { anyNumber, integer, LONG, maybe, one, sequence, text, type ValueOf } from "./kinds.ts";

const code = one(integer(-2_147_483_648, 2_147_483_647), {
  label: "Code",
  help: "0 is success (domain/cybertip/responseCodes.ts).",
});

/** The service's answer to every call except the last. */
export const REPORT_RESPONSE = sequence("reportResponse", {
  responseCode: code,
  responseDescription: one(text(), { label: "Description", help: "The service's own words." }),
  reportId: maybe(LONG, { label: "Report number", help: "Absent from the answer to /status." }),
  fileId: maybe(text({ format: "token" }), { label: "File id", help: "After an upload." }),
  hash: maybe(text({ format: "token" }), { label: "MD5", help: "Of the bytes received, after an upload." }),
});

/** The receipt: the service's answer to /finish. */
export const REPORT_DONE_RESPONSE = sequence("reportDoneResponse", {
  responseCode: code,
  reportId: one(LONG, { label: "Report number", help: "The number of the finished report." }),
  files: one(
    sequence("files", {
      fileId: anyNumber(text({ exact: true }), { label: "File id", help: "One for each file received." }),
    }),
    { label: "Files", help: "The files that were received." },
  ),
});

export type ReportResponse = ValueOf<typeof REPORT_RESPONSE>;
export type ReportDoneResponse = ValueOf<typeof REPORT_DONE_RESPONSE>;
