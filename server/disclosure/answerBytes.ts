import { log } from "../log/logger.ts";

type Opened = { readonly size: number; readonly bytes: AsyncGenerator<Uint8Array, void, void> };

/**
 * The answer that carries a file: as bytes of no kind, so that no browser draws, plays or runs it by itself, under a policy that
 * lets nothing in it run. No cache on the way may keep it.
 *
 * @param about the route, for the log
 * @param disposition RFC 6266
 */
export function answerBytes(about: string, { size, bytes }: Opened, disposition: string): Response {
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
      "content-disposition": disposition,
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "no-store, no-cache, private, max-age=0",
      pragma: "no-cache",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    },
  });
}
