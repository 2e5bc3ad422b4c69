import { guarded } from "../../../db/connect.ts";
import { workerSql } from "../../../db/worker-client.ts";

/** Messages a transaction: long enough to get on, short enough that neither intake nor a hold waits for long. */
const BATCH = 500;

/** What one round came to. */
export interface ErasureRound {
  /** Transactions that deleted something. */
  readonly batches: number;
  /** Erasures that were looked at: done, or waiting for what stands in their way. */
  readonly settled: number;
}

/**
 * Carries out what may be erased now, batch by batch, each in a transaction of its own: a crash loses nothing and repeats
 * nothing. What a hold, a report or a case covers is put off; it is tried again in the next round.
 */
export async function runErasures(): Promise<ErasureRound> {
  const waiting: string[] = [];
  for (let batches = 0; ; ) {
    const [row] = await guarded(
      workerSql()<{ step: { erasureId: string; waits: boolean } | null }[]>`
        select legal.erase_next(${waiting}::uuid[], ${BATCH}) as step`,
    );
    if (!row?.step) return { batches, settled: waiting.length };
    if (row.step.waits) waiting.push(row.step.erasureId);
    else batches += 1;
  }
}
