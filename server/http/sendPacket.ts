import { log } from "../log/logger.ts";

export interface SentPacket {
  readonly fileName: string;
  readonly bytes: ReadableStream<Uint8Array>;
  /** Where the whole of it has a length that is known. */
  readonly size: number | null;
  /** The first byte that is sent. */
  readonly from: number;
  /** Told once, when the last byte was taken or it broke off. */
  ended?(bytes: number, whole: boolean): Promise<void>;
}

/**
 * Sends a packet piece by piece, no faster than it is taken. When it cannot be finished the connection is broken off: a packet
 * that is not whole must not look whole. How it ended is on record before the last piece is given.
 */
export function sendPacket(route: string, packet: SentPacket): Response {
  const reader = packet.bytes.getReader();
  let sent = 0;
  let over = false;
  const end = async (whole: boolean) => {
    if (over) return;
    over = true;
    await packet.ended?.(sent, whole);
  };
  const left = packet.size === null ? null : packet.size - packet.from;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await reader.read();
          if (next.done) {
            await end(left === null || sent === left);
            controller.close();
            return;
          }
          sent += next.value.length;
          // Whoever counts stops reading at the length that was told: the end is recorded before that.
          if (left !== null && sent === left) await end(true);
          controller.enqueue(next.value);
        } catch (error) {
          log.error("http.download_failed", { route, error });
          await end(false).catch(() => {});
          controller.error(error);
        }
      },
      async cancel() {
        await reader.cancel().catch(() => {});
        await end(false).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
  const { from, size, fileName } = packet;
  return new Response(body, {
    status: from > 0 ? 206 : 200,
    headers: {
      "content-type": fileName.endsWith(".zip") ? "application/zip" : "application/octet-stream",
      "content-disposition": `attachment; filename="${fileName}"`,
      ...(left === null ? {} : { "content-length": String(left), "accept-ranges": "bytes" }),
      ...(from > 0 && size !== null ? { "content-range": `bytes ${from}-${size - 1}/${size}` } : {}),
      "cache-control": "no-store, no-cache, private, max-age=0",
      pragma: "no-cache",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
    },
  });
}
