import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { TILE_WIDTH } from "../../../domain/tlog/tiles.ts";
import type { Stretch } from "./bundleWorker.ts";
import { checkBundle } from "./checkBundle.ts";
import type { BundleReport } from "./findings.ts";

/** Bundles handed to a thread at once. */
const STRETCH = 16;
/** So few are checked here: to start a thread takes as long. */
const FEW = 64;
/** Stretches under way for each thread: memory stays the same at any length of the log. */
const AHEAD = 3;

type Bench = { worker: Worker; waiting: ((reports: BundleReport[] | Error) => void)[] };

/**
 * Checks the bundles of an exported log in threads, and hands the reports over in their order.
 *
 * @throws when a thread fails
 */
export async function* readBundles(folder: string, size: number): AsyncGenerator<BundleReport> {
  const count = Math.ceil(size / TILE_WIDTH);
  if (count <= FEW) {
    for (let n = 0; n < count; n++) yield checkBundle(folder, size, n);
    return;
  }
  const threads = Math.max(1, Math.min(availableParallelism(), 8, Math.ceil(count / STRETCH)));
  const benches = Array.from({ length: threads }, newBench);
  try {
    const under: Promise<BundleReport[] | Error>[] = [];
    let next = 0;
    const start = () => {
      const bench = benches[(next / STRETCH) % threads];
      if (!bench || next >= count) return;
      const stretch: Stretch = { folder, size, first: next, end: Math.min(next + STRETCH, count) };
      next += STRETCH;
      under.push(
        new Promise((resolve) => {
          bench.waiting.push(resolve);
          bench.worker.postMessage(stretch);
        }),
      );
    };
    while (under.length < threads * AHEAD && next < count) start();
    for (let first = under.shift(); first; first = under.shift()) {
      start();
      const reports = await first;
      if (reports instanceof Error) throw reports;
      yield* reports;
    }
  } finally {
    await Promise.all(benches.map(({ worker }) => worker.terminate()));
  }
}

function newBench(): Bench {
  const worker = new Worker(new URL("./bundleWorker.ts", import.meta.url));
  const bench: Bench = { worker, waiting: [] };
  worker.on("message", (reports: BundleReport[]) => bench.waiting.shift()?.(reports));
  worker.on("error", (cause) => {
    const error = cause instanceof Error ? cause : new Error("A thread of the verifier failed.");
    for (const resolve of bench.waiting.splice(0)) resolve(error);
  });
  return bench;
}
