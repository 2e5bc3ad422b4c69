// One round of the CyberTip benchmark, in a process of its own so that its memory is its own. Prints one line of JSON.
import { REPORTED_FILE } from "../domain/cybertip/samples/fileDetails.ts";
import { INCIDENT_REPORT } from "../domain/cybertip/samples/incidentReport.ts";
import { serialise } from "../domain/cybertip/serialise.ts";
import { chatIncident } from "../domain/cybertip/transcript/chatIncident.ts";
import type { TranscriptMessage, TranscriptThread } from "../domain/cybertip/transcript/transcript.ts";
import { transcriptCsv } from "../domain/cybertip/transcript/transcriptCsv.ts";
import { transcriptText } from "../domain/cybertip/transcript/transcriptText.ts";
import { validateFiling, validateReport } from "../domain/cybertip/validate.ts";

const MESSAGES = 10_000;
const FILES = 200;
const version = "2025-11";

const thread: TranscriptThread = {
  id: "thread-1",
  product: "Sample Messenger",
  participants: [
    { id: "p-1", handle: "first", displayName: "First" },
    { id: "p-2", handle: "second", displayName: null },
  ],
};
const messageOf = (i: number): TranscriptMessage => ({
  id: `m-${i}`,
  senderId: `p-${(i % 2) + 1}`,
  sentAt: new Date(Date.UTC(2026, 0, 1) + i * 1000),
  kind: "text",
  body: `Placeholder ${i}: a message of the usual length, with some <marks> & 😀 in it.`,
  editedAt: null,
  deletedAt: null,
  flagged: i % 100 === 0,
  attachments: [],
});
const allMessages = () => Array.from({ length: MESSAGES }, (_, i) => messageOf(i));

/** Builds everything that a filing sends, and checks it. Returns how many bytes that is. */
async function build(): Promise<number> {
  const now = new Date();
  const messages = allMessages();
  const { incident } = await chatIncident(thread, messages);
  const report = { ...INCIDENT_REPORT, internetDetails: [{ chatImIncident: incident }] };
  const files = Array.from({ length: FILES }, (_, i) => ({
    ...REPORTED_FILE,
    reportId: "4564654",
    fileId: i.toString(16).padStart(32, "0"),
  }));
  const problems = validateFiling({ report, files }, { now, version });
  if (problems.some((one) => one.severity === "error"))
    throw new Error("The benchmark's own report is refused.");
  let bytes = Buffer.byteLength(serialise("report", report, version));
  for (const file of files) bytes += Buffer.byteLength(serialise("fileDetails", file, version));
  for (const pieces of [transcriptCsv(thread, messages), transcriptText(thread, messages)])
    for await (const piece of pieces) bytes += Buffer.byteLength(piece);
  return bytes;
}

const mebibytes = (bytes: number) => bytes / 1024 / 1024;
// The engine's own start belongs to being idle.
validateReport(INCIDENT_REPORT, { now: new Date(), version });
const idle = process.memoryUsage.rss();
const start = performance.now();
const bytes = await build();
const milliseconds = performance.now() - start;
const peak = process.resourceUsage().maxRSS * 1024;

const bare = performance.now();
const messages = allMessages();
Buffer.byteLength(
  JSON.stringify({ messages, report: INCIDENT_REPORT, files: Array(FILES).fill(REPORTED_FILE) }),
);
const floor = performance.now() - bare;
process.stdout.write(
  `${JSON.stringify({ milliseconds, floor, aboveIdle: mebibytes(peak - idle), written: mebibytes(bytes) })}\n`,
);
