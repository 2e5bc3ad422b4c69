/** What a sender may still be sending when it has been refused: this much is read and thrown away. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_MS = 10_000;

/**
 * A body that may be left in the middle. Closing a connection while its sender is still writing resets it, and the
 * sender may never see why (RFC 9112 §9.6): so the rest is read and thrown away for a while, beside the answer.
 */
export function lingering(body: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const reader = body.getReader();
      let left = false;
      return {
        async next() {
          const read = await reader.read();
          if (read.done) left = true;
          return read.done ? { done: true, value: undefined } : { done: false, value: read.value };
        },
        async return() {
          if (!left) {
            left = true;
            void discard(reader);
          }
          return { done: true, value: undefined };
        },
      };
    },
  };
}

async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const until = performance.now() + MOST_MS;
  const timer = setTimeout(() => void reader.cancel().catch(() => {}), MOST_MS);
  try {
    for (let size = 0; size < MOST_BYTES && performance.now() < until; ) {
      const read = await reader.read();
      if (read.done) return;
      size += read.value.length;
    }
    await reader.cancel();
  } catch {
    // The sender is gone, which is as well.
  } finally {
    clearTimeout(timer);
  }
}
