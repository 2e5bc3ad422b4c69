import { exchangeOnce, Sent } from "./exchangeOnce.ts";
import { form } from "./form.ts";
import type { Outcome } from "./outcome.ts";
import type { NcmecService } from "./service.ts";
import { narrowed, understand } from "./understand.ts";

export interface FileToUpload {
  readonly reportId: string;
  readonly fileName: string;
  /** Bytes; null when not known before. */
  readonly size: number | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface UploadedFile {
  readonly fileId: string;
  /** MD5 of what the service received, by its own word; null when it gave none. */
  readonly md5: string | null;
  /** MD5 and SHA-256 of what was sent. */
  readonly sentMd5: string;
  readonly sentSha256: string;
  readonly sentBytes: number;
  /** Whether both agree. If not, the report must not be finished: retract and start over. */
  readonly intact: boolean;
}

/**
 * Uploads one file (`POST /upload`) as it is read, whatever its size.
 *
 * @returns the file's id. In doubt, the file may lie there twice: retract and start over
 */
export async function uploadFile(
  service: NcmecService,
  file: FileToUpload,
  signal?: AbortSignal,
): Promise<Outcome<UploadedFile>> {
  const sent = new Sent();
  const bytes = (async function* () {
    for await (const piece of file.bytes) yield sent.add(piece);
  })();
  const { contentType, length, body } = form(
    { id: file.reportId },
    { field: "file", name: file.fileName, size: file.size, bytes },
  );
  const exchanged = await exchangeOnce(service, {
    method: "POST",
    path: "/upload",
    contentType,
    length,
    body,
    sent,
    limited: false,
    signal,
  });
  const sentMd5 = sent.md5.copy().digest("hex");
  return narrowed(understand("reportResponse", exchanged, service.patience.answerBytes), (answer) => {
    if (answer.fileId === undefined) return null;
    if (answer.reportId !== undefined && answer.reportId !== file.reportId) return null;
    const md5 = answer.hash?.toLowerCase() ?? null;
    return {
      fileId: answer.fileId,
      md5,
      sentMd5,
      sentSha256: exchanged.exchange.sentSha256,
      sentBytes: sent.bytes,
      intact: md5 === sentMd5,
    };
  });
}
