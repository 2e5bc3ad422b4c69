import { SinkFailure } from "./Sink.ts";

const MOST_BYTES = 256 * 1024;

/**
 * Posts to a sink and reads its answer, up to a size. Follows no redirect.
 *
 * @throws SinkFailure `timed-out`, `unreachable` or `bad-answer`
 */
export async function post(
  url: string,
  contentType: string,
  body: string | Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<{ status: number; contentType: string; body: Buffer }> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": contentType },
      body,
      signal,
      redirect: "error",
    });
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of answer.body ?? []) {
      bytes += part.length;
      if (bytes > MOST_BYTES) throw new SinkFailure("bad-answer");
      parts.push(part);
    }
    return {
      status: answer.status,
      contentType: answer.headers.get("content-type")?.split(";")[0]?.trim() ?? "",
      body: Buffer.concat(parts),
    };
  } catch (error) {
    if (error instanceof SinkFailure) throw error;
    throw new SinkFailure(signal.aborted ? "timed-out" : "unreachable");
  }
}
