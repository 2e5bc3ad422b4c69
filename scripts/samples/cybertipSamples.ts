import { BATCHED_REPORT_SAMPLE } from "../../domain/cybertip/samples/batchedReport.ts";
import { MEME_FILE, REPORTED_FILE, TRANSCRIPT_FILE } from "../../domain/cybertip/samples/fileDetails.ts";
import { INCIDENT_REPORT } from "../../domain/cybertip/samples/incidentReport.ts";
import { serialise } from "../../domain/cybertip/serialise.ts";
import type { TranscriptMessage, TranscriptThread } from "../../domain/cybertip/transcript/transcript.ts";
import { transcriptCsv } from "../../domain/cybertip/transcript/transcriptCsv.ts";
import { transcriptText } from "../../domain/cybertip/transcript/transcriptText.ts";
import type { Filing, FilingFile } from "../../server/cybertip/filing/Filing.ts";
import { writeExport } from "../../server/disclosure/writeExport.ts";
import type { Sample } from "./sample.ts";

const version = "2025-11";

const thread: TranscriptThread = {
  id: "thread-1",
  product: "Sample Messenger",
  participants: [
    { id: "account-1", handle: "first.example", displayName: "First Example" },
    // What a spreadsheet would run: the sample shows how it leaves.
    { id: "account-2", handle: '=HYPERLINK("https://example.org")', displayName: null },
  ],
};
const BODIES = [
  "Placeholder text of a first message.",
  "Two lines,\nof which the second could pass for a message: 2026-01-04T10:00:00.000Z [m-9] account-1: forged",
  "]]> and <tags> & a bell\u0007 and an emoji \u{1F40E}",
  null,
];
const messages: readonly TranscriptMessage[] = BODIES.map((body, i) => ({
  id: `m-${i + 1}`,
  senderId: `account-${(i % 2) + 1}`,
  sentAt: new Date(Date.UTC(2026, 0, 4, 9, i)),
  kind: "text",
  body,
  editedAt: i === 1 ? new Date(Date.UTC(2026, 0, 4, 9, 30)) : null,
  deletedAt: body === null ? new Date(Date.UTC(2026, 0, 4, 9, 40)) : null,
  flagged: i === 1,
  attachments:
    i === 2
      ? [
          {
            id: "attachment-1.png",
            mediaType: "image/png",
            sizeBytes: 27,
            md5: "00".repeat(16),
            sha256: null,
          },
        ]
      : [],
}));

/** CyberTip reports as they leave: documents with every element between them, transcripts, and an export to be filed by hand. */
export async function* cybertipSamples(): AsyncGenerator<Sample> {
  for (const [name, report, about] of [
    ["report.xml", INCIDENT_REPORT, "a report with every element that a report may have"],
    ["report-batched.xml", BATCHED_REPORT_SAMPLE, "a batched report: one file and everybody who shared it"],
  ] as const)
    yield { name, about, data: serialise("report", report, version) };
  for (const [name, details, about] of [
    ["fileDetails-1.xml", REPORTED_FILE, "details of a reported file, every element"],
    ["fileDetails-2.xml", MEME_FILE, "details of a file under the schema's older way to call it a meme"],
    ["fileDetails-3.xml", TRANSCRIPT_FILE, "details of a transcript"],
  ] as const)
    yield { name, about, data: serialise("fileDetails", details, version) };
  yield {
    name: "transcript-thread-1.csv",
    about: "a thread's transcript for machines and spreadsheets",
    data: await joined(transcriptCsv(thread, messages)),
  };
  yield {
    name: "transcript-thread-1.txt",
    about: "the same for people",
    data: await joined(transcriptText(thread, messages)),
  };
  const about = {
    number: 1,
    revision: 1,
    readingId: "00000000-0000-4000-8000-000000000000",
    now: new Date(),
  };
  yield {
    name: "export.zip",
    about: "an approved report to be filed by hand: documents, files, order of calls, manifest",
    data: Buffer.from(await (await writeExport("samples", filing(), about)).arrayBuffer()),
  };
}

function filing(): Filing {
  const file = (no: number, fileName: string, open: FilingFile["open"], details = {}): FilingFile => ({
    no,
    kind: "transcript",
    fileName,
    size: null,
    details: (ids) => ({ fileViewedByEsp: false, exifViewedByEsp: false, ...details, ...ids }),
    open,
  });
  const supplemental = { fileRelevance: "Supplemental Reported" };
  return {
    report: INCIDENT_REPORT,
    version,
    files: [
      file(1, "attachment-1.png", () => bytes(["placeholder bytes of a file"]), {
        fileRelevance: "Reported",
      }),
      file(2, "transcript-thread-1.csv", () => bytes(transcriptCsv(thread, messages)), supplemental),
      file(3, "transcript-thread-1.txt", () => bytes(transcriptText(thread, messages)), supplemental),
    ],
  };
}

async function* bytes(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece);
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let all = "";
  for await (const piece of pieces) all += piece;
  return all;
}
