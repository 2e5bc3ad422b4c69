import { problem } from "../../contracts/problem.ts";
import type { DocumentKind } from "../../domain/legal/vocabulary.ts";
import { ApiError } from "../api/ApiError.ts";
import { endSession } from "../api/sessionEnd.ts";

/** What a document is, and how large one may be; the server holds to its limit by itself. */
export type DocumentAsked = { readonly kind: DocumentKind; readonly most: number | null };

const refusalOf = (status: number, code: string, title: string, detail: string): ApiError =>
  new ApiError({ type: "about:blank", status, code, title, detail });

/** @returns why a file is not even sent; null where it is */
export function refusedHere(
  file: { readonly name: string; readonly size: number },
  most: number | null,
): ApiError | null {
  const megabytes = (bytes: number): string =>
    (bytes / 1_000_000).toLocaleString("en-GB", { maximumFractionDigits: 1 });
  if (most !== null && file.size > most)
    return refusalOf(
      413,
      "document-too-large",
      "The document is too large",
      `It has ${megabytes(file.size)} MB, and at most ${megabytes(most)} MB are taken. Scan it with fewer dots, or attach it in parts.`,
    );
  if (file.size === 0)
    return refusalOf(422, "document-empty", "The document is empty", "Choose a file with something in it.");
  return null;
}

/**
 * Sends a document's bytes to a request, as they are. `XMLHttpRequest`, because `fetch` does not say how much has gone.
 *
 * @param sent told the share that has gone, 0 to 1
 * @throws ApiError when it is refused or breaks off; the abort's reason when it is called off
 */
export function uploadDocument(
  requestId: string,
  file: File,
  { kind, most }: DocumentAsked,
  sent: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const refused = refusedHere(file, most);
  if (refused) return Promise.reject(refused);
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", `/api/lawful-requests/${requestId}/documents`);
    call.setRequestHeader("accept", "application/json");
    call.setRequestHeader("content-type", "application/octet-stream");
    // Headers are Latin letters; a name may be of any script.
    call.setRequestHeader("x-file-name", encodeURIComponent(file.name));
    call.setRequestHeader("x-document-kind", kind);
    call.upload.onprogress = (event) => event.lengthComputable && sent(event.loaded / event.total);
    call.onerror = () =>
      reject(
        refusalOf(
          0,
          "broken-off",
          "The document did not arrive",
          "The connection broke, or the server stopped taking it. Nothing was kept; try again.",
        ),
      );
    call.onabort = () => reject(signal.reason);
    call.onload = () => {
      if (call.status === 401) endSession("ended");
      if (call.status >= 200 && call.status < 300) return resolve();
      const told = problem.safeParse(parsed(call.responseText));
      reject(
        told.success
          ? new ApiError(told.data)
          : refusalOf(
              call.status,
              "unreadable-answer",
              "The document was not taken",
              "Try again in a moment.",
            ),
      );
    };
    signal.addEventListener("abort", () => call.abort(), { once: true });
    if (signal.aborted) return reject(signal.reason);
    call.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
