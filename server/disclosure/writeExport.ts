import { createHash } from "node:crypto";
import { makeZip } from "client-zip";
import {
  callOrder,
  type ExportedFile,
  exportGuide,
  fileIdToCome,
  REPORT_ID_TO_COME,
} from "../../domain/cybertip/assembly/callOrder.ts";
import { serialise } from "../../domain/cybertip/serialise.ts";
import { validateFileDetails, validateReport } from "../../domain/cybertip/validate.ts";
import type { Filing, FilingFile } from "../cybertip/filing/Filing.ts";
import { log } from "../log/logger.ts";
import { Refusal } from "../refusal.ts";
import { FileProblem } from "./fetchAttachment.ts";

export interface ExportAbout {
  /** Our number of the report. */
  readonly number: number;
  readonly revision: number;
  readonly readingId: string;
  readonly now: Date;
}

interface Entry {
  readonly name: string;
  readonly input: string | AsyncIterable<Uint8Array>;
  readonly size?: number;
}

/**
 * A report as a ZIP to be filed by hand: `report.xml`, `fileDetails-N.xml`, the files, how to file them, and last a manifest
 * with the hash of everything. It is written while it is taken; no more of it is held than one piece. When a file cannot be
 * had to its end the answer breaks off: an export that is not whole must not look whole.
 *
 * @throws Refusal `cybertip-not-assembled` when what was approved is not valid any more; `file-gone` and its like when a
 *   file does not begin to come, before anything is sent
 */
export async function writeExport(route: string, filing: Filing, about: ExportAbout): Promise<Response> {
  const documents = documentsOf(filing, about.now);
  for (const file of filing.files) if (file.kind === "attachment") await begins(file);
  const taking = new Taking();
  const body = makeZip(entriesOf(filing, documents, about, taking));
  return new Response(guardedBody(body, taking, route), {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="cybertip-${about.number}.zip"`,
      "cache-control": "no-store, no-cache, private, max-age=0",
      pragma: "no-cache",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    },
  });
}

/** The documents, checked as they would be before they are sent. */
function documentsOf({ report, version, files }: Filing, now: Date): { report: string; details: string[] } {
  const valid = (problems: readonly { readonly severity: string }[]) => {
    if (problems.some((one) => one.severity === "error")) throw new Refusal("cybertip-not-assembled");
  };
  valid(validateReport(report, { now, version }));
  const batched = report.batchedReport !== undefined;
  return {
    report: serialise("report", report, version),
    details: files.map((file) => {
      valid(
        validateFileDetails(file.details({ reportId: "1", fileId: "pending" }), { now, version, batched }),
      );
      const ids = { reportId: REPORT_ID_TO_COME, fileId: fileIdToCome(file.no) };
      return serialise("fileDetails", file.details(ids), version);
    }),
  };
}

/** Whether a file begins to come: what is gone is said before anything is sent. */
async function begins(file: FilingFile): Promise<void> {
  const bytes = file.open()[Symbol.asyncIterator]();
  try {
    await bytes.next();
  } catch (error) {
    throw error instanceof FileProblem ? new Refusal(error.code) : error;
  } finally {
    await bytes.return?.();
  }
}

async function* entriesOf(
  { report: _, version, files }: Filing,
  documents: { readonly report: string; readonly details: readonly string[] },
  about: ExportAbout,
  taking: Taking,
): AsyncGenerator<Entry, void, void> {
  const written: { name: string; bytes: number; sha256: string }[] = [];
  const text = (name: string, input: string): Entry => {
    const bytes = Buffer.from(input);
    written.push({ name, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
    return { name, input };
  };
  yield text("README.txt", exportGuide(about.number, files));
  yield text("report.xml", documents.report);
  for (const [i, { no }] of files.entries()) yield text(`fileDetails-${no}.xml`, documents.details[i] ?? "");
  const exported: ExportedFile[] = [];
  for (const file of files)
    yield {
      name: `files/${file.fileName}`,
      input: taking.of(counted(file, (one) => exported.push(one))),
      ...(file.size === null ? {} : { size: file.size }),
    };
  yield text(
    "manifest.json",
    `${JSON.stringify(
      {
        format: "unseal/cybertip-export/v1",
        report: about.number,
        revision: about.revision,
        reading: about.readingId,
        exportedAt: about.now.toISOString(),
        schemaVersion: version,
        documents: written,
        files: exported.map((file) => ({ ...file, details: `fileDetails-${file.no}.xml` })),
        calls: callOrder(files),
      },
      null,
      2,
    )}\n`,
  );
}

async function* counted(
  file: FilingFile,
  done: (file: ExportedFile) => void,
): AsyncGenerator<Uint8Array, void, void> {
  const md5 = createHash("md5");
  const sha256 = createHash("sha256");
  let bytes = 0;
  for await (const piece of file.open()) {
    bytes += piece.length;
    md5.update(piece);
    sha256.update(piece);
    yield piece;
  }
  const { no, kind, fileName } = file;
  done({ no, kind, fileName, bytes, md5: md5.digest("hex"), sha256: sha256.digest("hex") });
}

/** The file that is being taken: when nobody takes the archive any more, it must not go on being fetched. */
class Taking {
  #current: AsyncGenerator<Uint8Array, void, void> | null = null;

  of(bytes: AsyncGenerator<Uint8Array, void, void>): AsyncGenerator<Uint8Array, void, void> {
    this.#current = bytes;
    return bytes;
  }

  async end(): Promise<void> {
    await this.#current?.return();
  }
}

/** Passes the archive on no faster than it is taken, and says in the log when it broke off. */
function guardedBody(
  zip: ReadableStream<Uint8Array>,
  taking: Taking,
  route: string,
): ReadableStream<Uint8Array> {
  const reader = zip.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          log.error("http.download_failed", { route, error });
          controller.error(error);
        }
      },
      async cancel(reason) {
        // The library ends its own work by an error and leaves the file open.
        await reader.cancel(reason).catch(() => {});
        await taking.end();
      },
    },
    { highWaterMark: 0 },
  );
}
