import { Worker } from "node:worker_threads";
import type { BuildLease } from "../legal/productions/ledgerStore.ts";
import type { HalvesWork } from "./buildHalves.ts";
import { revivedError, type ToldError } from "./toldError.ts";

/** What a thread is given: its half of the work, under the lease and the reading of whoever gives it. */
export interface BesideWork extends HalvesWork {
  readonly lease: BuildLease;
  readonly readingId: string;
}
/** What a thread answers, once. */
export type BesideAnswer = { readonly ok: true } | { readonly ok: false; readonly error: ToldError };

/** What it holds are batches: with less room it is tidied sooner, and does not take what this process may need. */
const THREAD_MEMORY = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 } as const;

/**
 * Has a thread build transcripts and lists while this one does something else. It opens keys and ciphertexts by itself, as this
 * process does, and is over when the promise is settled, whatever became of it.
 *
 * @param signal breaks it off
 * @throws what `buildReadable` throws
 */
export async function buildBeside(work: BesideWork, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const thread = new Worker(new URL("./buildThread.ts", import.meta.url), {
    workerData: work,
    resourceLimits: THREAD_MEMORY,
  });
  const stop = () => thread.postMessage("stop");
  signal.addEventListener("abort", stop, { once: true });
  try {
    const answer = await new Promise<BesideAnswer>((resolve, reject) => {
      const failed = () => reject(new Error("A thread of the build failed."));
      thread.once("message", resolve);
      // What it failed with may hold content: it is not passed on.
      thread.once("error", failed);
      thread.once("exit", failed);
    });
    if (!answer.ok) throw revivedError(answer.error);
  } finally {
    signal.removeEventListener("abort", stop);
    await thread.terminate();
  }
}
