import { LIMITS } from "../../domain/intake/limits.ts";
import { IntakeRefusal } from "./intakeProblem.ts";
import { type Line, lineCutter } from "./readLines.ts";

/** Lines that go to the database together. */
const MOST_LINES = 150;
const MOST_BYTES = 4 * 1024 * 1024;
/** How long a line waits for company. */
const IDLE_MS = 15;
/** How long nothing may come before the stream is given up. */
export const STALL_MS = 60_000;

/**
 * Cuts a body into batches of lines, as they come: full ones while much is coming, small ones as soon as nothing more
 * does, so that whoever sends one line and waits for its answer gets it.
 *
 * @throws IntakeRefusal `stalled` when nothing comes for too long, `stream-broken` when the body ends in an error; the
 *   lines before it have been handed out, the piece of a line before it has not
 */
export async function* batchLines(
  body: AsyncIterable<Uint8Array>,
  stallMs: number = STALL_MS,
): AsyncGenerator<Line[]> {
  const source = body[Symbol.asyncIterator]();
  const cutter = lineCutter(LIMITS.flagBytes);
  let batch: Line[] = [];
  let bytes = 0;
  const take = () => {
    const taken = batch;
    batch = [];
    bytes = 0;
    return taken;
  };
  const next = () => {
    const chunk = source.next();
    // Looked at below; until then a failure must not count as unhandled.
    chunk.catch(() => {});
    return chunk;
  };

  try {
    let coming = next();
    for (;;) {
      if (batch.length > 0 && (await within(coming, IDLE_MS)) === LATE) yield take();
      const came = await within(coming, stallMs).catch((error: unknown) => {
        if (error instanceof IntakeRefusal) return error;
        return new IntakeRefusal("stream-broken");
      });
      if (came === LATE || came instanceof IntakeRefusal) {
        if (batch.length > 0) yield take();
        throw came === LATE ? new IntakeRefusal("stalled") : came;
      }
      if (came.done) break;
      coming = next();
      for (const line of cutter.cut(asBuffer(came.value))) {
        batch.push(line);
        bytes += line.bytes?.length ?? 0;
        if (batch.length >= MOST_LINES || bytes >= MOST_BYTES) yield take();
      }
    }
    batch.push(...cutter.rest());
    if (batch.length > 0) yield take();
  } finally {
    // Not waited for: a source that hangs must not keep its reader.
    source.return?.()?.catch(() => {});
  }
}

const LATE = Symbol("late");

async function within<T>(promise: Promise<T>, ms: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, ms, LATE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
