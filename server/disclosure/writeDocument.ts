import { log } from "../log/logger.ts";
import type { OpenedDocument } from "./readDocument.ts";

/**
 * The answer that carries a document of a request: as bytes of no kind, to be saved and never drawn, under a policy that lets
 * nothing in it run. No cache on the way may keep it.
 */
export function writeDocument(about: string, { name, size, bytes }: OpenedDocument): Response {
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
      "content-disposition": disposition(name),
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "no-store, no-cache, private, max-age=0",
      pragma: "no-cache",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    },
  });
}

/** RFC 6266: the name in letters that every reader knows, and as it is for those that know RFC 8187. */
function disposition(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9._ ()-]/g, "_");
  const whole = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
