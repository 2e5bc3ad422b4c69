import type { Outcome } from "./outcome.ts";
import { postId } from "./postId.ts";
import type { NcmecService } from "./service.ts";
import { narrowed, understand } from "./understand.ts";

/**
 * Files a report for good (`POST /finish`): nothing can be added or taken back afterwards. The answer,
 * `exchange.answer`, is the receipt (18 U.S.C. 2258A(h)(1)): keep it word for word.
 *
 * In doubt, call `retractReport`: it tells whether the report had been finished, and never files it twice.
 */
export async function finishReport(
  service: NcmecService,
  reportId: string,
  signal?: AbortSignal,
): Promise<Outcome<{ readonly reportId: string; readonly fileIds: readonly string[] }>> {
  const exchanged = await postId(service, "/finish", reportId, signal);
  return narrowed(understand("reportDoneResponse", exchanged, service.patience.answerBytes), (answer) =>
    "files" in answer && answer.reportId === reportId
      ? { reportId: answer.reportId, fileIds: answer.files.fileId ?? [] }
      : null,
  );
}
