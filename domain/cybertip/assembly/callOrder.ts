/** What somebody needs to know of a file to send it by hand. */
export interface ExportedFile {
  readonly no: number;
  readonly kind: "attachment" | "transcript";
  readonly fileName: string;
  readonly bytes: number;
  readonly md5: string;
  readonly sha256: string;
}

/** Stands in the file details of an export where the service's number of the report belongs. */
export const REPORT_ID_TO_COME = "0";
/** Stands there where the service's id of the file belongs. */
export const fileIdToCome = (no: number) => `id-of-file-${no}`;

/** One call to the service, in the order in which they are made. */
export interface PlannedCall {
  readonly order: number;
  readonly call: "POST /submit" | "POST /upload" | "POST /fileinfo" | "POST /finish";
  readonly sends: string;
  readonly after: string;
}

/** The calls that file an export by hand, in order (NCMEC's documentation, 2025-06-11). */
export function callOrder(files: readonly Pick<ExportedFile, "no" | "fileName">[]): PlannedCall[] {
  const calls: Omit<PlannedCall, "order">[] = [
    {
      call: "POST /submit",
      sends: "report.xml",
      after: "Note the report's number (reportId) of the answer. Everything below needs it.",
    },
    ...files.flatMap(({ no, fileName }) => [
      {
        call: "POST /upload" as const,
        sends: `files/${fileName}, with the report's number as the field id`,
        after: "Note the file's id (fileId). Compare the hash of the answer with the md5 of the manifest.",
      },
      {
        call: "POST /fileinfo" as const,
        sends: `fileDetails-${no}.xml`,
        after: `Before it is sent: put the report's number in place of ${REPORT_ID_TO_COME} and the file's id in place of ${fileIdToCome(no)}. Once for each file.`,
      },
    ]),
    {
      call: "POST /finish",
      sends: "the report's number as the field id",
      after: "Keep the answer: it is the receipt. Then record the report's number on its page.",
    },
  ];
  return calls.map((one, i) => ({ order: i + 1, ...one }));
}

/** The same in words, for whoever opens the export. */
export function exportGuide(number: number, files: readonly Pick<ExportedFile, "no" | "fileName">[]): string {
  const steps = callOrder(files).map(
    ({ order, call, sends, after }) => `${order}. ${call}: ${sends}\r\n   ${after}\r\n`,
  );
  return [
    `CyberTip report ${number}, to be filed by hand\r\n`,
    "\r\n",
    "This folder holds a report under 18 U.S.C. 2258A and may show what it reports. Give it to nobody but NCMEC\r\n",
    "(18 U.S.C. 2258A(g)(4)), keep it no longer than it takes to file it, and file it once.\r\n",
    "\r\n",
    "A report that is not finished is deleted by the service after 24 hours, or one hour after the last change,\r\n",
    "whichever is later. After a retraction, begin again with the first call.\r\n",
    "\r\n",
    "XML goes as text/xml; charset=utf-8, files and numbers as multipart/form-data.\r\n",
    "\r\n",
    ...steps,
  ].join("");
}
