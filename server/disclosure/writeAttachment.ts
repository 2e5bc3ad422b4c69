import { log } from "../log/logger.ts";
import type { OpenedAttachment } from "./readAttachment.ts";

/**
 * The answer that carries an attachment. Never as what it says it is: as bytes, so that no browser draws, plays or runs it by
 * itself; the page that asked makes a picture of it, blurred and grey until the person asks. No cache on the way may keep it.
 */
export function writeAttachment(about: string, { bytes, size }: OpenedAttachment): Response {
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await bytes.next();
          if (next.done) controller.close();
          else controller.enqueue(next.value);
        } catch (error) {
          log.error("http.download_failed", { route: about, error });
          controller.error(error);
        }
      },
      async cancel() {
        await bytes.return();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(size),
      "content-disposition": "attachment",
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "no-store, no-cache, private, max-age=0",
      pragma: "no-cache",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    },
  });
}
