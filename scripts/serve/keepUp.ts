import { setTimeout as sleep } from "node:timers/promises";
import type { Part } from "./parts.ts";

const WINDOW_MS = 60_000;
const MOST_STARTS = 5;

/**
 * Starts a part, and starts it again when it ends by itself: a driver that loses its connection in the middle of a
 * transaction can end a process (porsager/postgres#1208), and nobody should have to be called for that. What it had
 * acknowledged is in the database; what it had not is asked again.
 *
 * @param start makes the part; called anew each time
 * @param waitMs before the first new start; doubled with each further one within a minute
 * @returns a part that has ended when it was stopped, when it did not come up at the very start, or after five starts
 *   within a minute
 */
export function keepUp(start: () => Part, tell: (line: string) => void, waitMs = 500): Part {
  let current = start();
  const stopping = new AbortController();
  const starts: number[] = [];
  const { name, ready } = current;

  async function watch(): Promise<{ code: number | null; signal: string | null }> {
    const cameUp = await ready.then(
      () => true,
      () => false,
    );
    for (;;) {
      const end = await current.ended;
      if (stopping.signal.aborted || !cameUp) return end;
      const now = Date.now();
      starts.push(now);
      while ((starts[0] ?? now) < now - WINDOW_MS) starts.shift();
      if (starts.length > MOST_STARTS) return end;
      tell(`the ${name} process ended by itself; starting it again`);
      await sleep(waitMs * 2 ** (starts.length - 1), undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return end;
      current = start();
    }
  }

  const ended = watch();
  return {
    name,
    ready,
    ended,
    async stop(patienceMs) {
      stopping.abort();
      await current.stop(patienceMs);
      await ended;
    },
  };
}
