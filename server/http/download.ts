import { log } from "../log/logger.ts";

/** A file that is written while it is sent. */
export interface Download {
  readonly contentType: string;
  readonly fileName: string;
  readonly pieces: AsyncGenerator<string, void, void>;
}

/**
 * Sends a file piece by piece, no faster than it is taken. When it cannot be finished the connection is broken off: a
 * file that is not whole must not look whole.
 *
 * @param about path of the route, for the log
 */
export function downloadOf(about: string, { contentType, fileName, pieces }: Download): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      } catch (error) {
        log.error("http.download_failed", { route: about, error });
        controller.error(error);
      }
    },
    async cancel() {
      await pieces.return();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": contentType,
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
    },
  });
}
