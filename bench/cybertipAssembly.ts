// One round of putting an approved report together, in a process of its own so that its memory is its own: read from the
// database, opened, checked, written, with both transcripts. Prints one line of JSON.
import { serialise } from "../domain/cybertip/serialise.ts";
import { validateFileDetails, validateReport } from "../domain/cybertip/validate.ts";
import { closeEverything } from "../environment/shutdown.ts";
import { openFiling } from "../server/disclosure/openFiling.ts";

const [attemptId = "", token = ""] = process.argv.slice(2);
const mebibytes = (bytes: number) => bytes / 1024 / 1024;
const now = new Date();

// The engine's own start, and that of the connection, belong to being idle.
validateReport({}, { now, version: "2025-11" });
await openFiling({ attemptId, token: "00000000-0000-4000-8000-000000000000" }).catch(() => {});
const idle = process.memoryUsage.rss();
const start = performance.now();

const { report, version, files } = await openFiling({ attemptId, token });
let errors = validateReport(report, { now, version }).filter((one) => one.severity === "error").length;
let bytes = Buffer.byteLength(serialise("report", report, version));
for (const file of files) {
  const details = file.details({ reportId: "4564654", fileId: file.no.toString(16).padStart(32, "0") });
  errors += validateFileDetails(details, { now, version, batched: false }).filter(
    (one) => one.severity === "error",
  ).length;
  bytes += Buffer.byteLength(serialise("fileDetails", details, version));
}
if (errors > 0) throw new Error("The benchmark's own report is refused.");
for (const file of files)
  if (file.kind === "transcript") for await (const piece of file.open()) bytes += piece.length;

const milliseconds = performance.now() - start;
const peak = process.resourceUsage().maxRSS * 1024;
process.stdout.write(
  `${JSON.stringify({ milliseconds, aboveIdle: mebibytes(peak - idle), written: mebibytes(bytes), files: files.length })}\n`,
);
await closeEverything();
