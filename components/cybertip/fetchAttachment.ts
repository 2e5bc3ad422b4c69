import { problem } from "../../contracts/problem.ts";
import { ApiError } from "../api/ApiError.ts";
import { endSession } from "../api/sessionEnd.ts";

/** Largest file that a page takes into its memory. What is larger is reported unseen. */
export const MOST_SHOWN_BYTES = 200 * 1024 * 1024;

const problemOf = (status: number, code: string, title: string, detail: string) =>
  new ApiError({ type: "about:blank", status, code, title, detail });

/**
 * The bytes of an attachment, under a reading that is on record. They come as the answer to a POST, so that no address
 * leads to them.
 *
 * @param got told how many bytes have come
 * @throws ApiError when it is refused, is too large to be shown, or breaks off
 */
export async function fetchAttachment(
  readingId: string,
  mediaType: string,
  got: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const response = await fetch(`/api/attachment-readings/${readingId}/read`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
    cache: "no-store",
    credentials: "same-origin",
    referrerPolicy: "no-referrer",
    redirect: "error",
    signal,
  });
  if (response.status === 401) endSession("ended");
  if (!response.ok) {
    const told = problem.safeParse(await response.json().catch(() => undefined));
    throw told.success
      ? new ApiError(told.data)
      : problemOf(response.status, "unreadable-answer", "The file did not come", "Try again in a moment.");
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      size += part.value.byteLength;
      if (size > MOST_SHOWN_BYTES) {
        await reader?.cancel();
        throw problemOf(
          413,
          "file-too-large",
          "The file is too large to be shown here",
          "It can be reported unseen.",
        );
      }
      parts.push(part.value);
      got(size);
    }
  } catch (error) {
    if (error instanceof ApiError || signal.aborted) throw error;
    throw problemOf(
      502,
      "broken-off",
      "The file broke off on its way",
      "The platform sent something else than was recorded, or the connection broke. Try again, or report it unseen.",
    );
  }
  return new Blob(parts, { type: mediaType });
}
