import { createHash, randomBytes } from "node:crypto";
import { post } from "./post.ts";
import { makeTimestampQuery, readTimestampReply } from "./rfc3161.ts";
import { type Sink, SinkFailure } from "./Sink.ts";

/** How far the stamp's time may be from ours. */
const CLOCK_MS = 10 * 60_000;

/**
 * A time-stamp service (RFC 3161 over HTTP): it fixes that the log had this root at this time.
 *
 * @param trusted certificates (DER) that the service's own must lead to
 */
export function timestampSink(url: string, trusted: readonly Uint8Array[], everyMs: number): Sink {
  return {
    name: new URL(url).hostname,
    kind: "timestamp",
    everyMs,
    async deliver(query, { size, note }, _lastSize, signal) {
      const digest = createHash("sha256").update(note).digest();
      const nonce = randomBytes(8);
      // A positive integer of full length, whatever was drawn.
      nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
      const answer = await post(
        url,
        "application/timestamp-query",
        makeTimestampQuery(digest, nonce),
        signal,
      );
      if (answer.status !== 200) throw new SinkFailure(answer.status >= 500 ? "unreachable" : "refused");
      const { token, stampedAt } = await readTimestampReply(answer.body, {
        data: Buffer.from(note),
        nonce,
        trusted,
      });
      if (Math.abs(stampedAt.getTime() - Date.now()) > CLOCK_MS) throw new SinkFailure("clock-differs");
      await query("select audit.keep_timestamp($1, $2, $3, $4)", [
        size,
        new URL(url).hostname,
        Buffer.from(token),
        stampedAt,
      ]);
    },
  };
}
