import { guarded } from "../../../db/connect.ts";
import { workerSql } from "../../../db/worker-client.ts";

/**
 * Writes down what came under a hold since it was made, hashes what is not hashed yet, and makes the comparisons that were
 * asked for: a thread a transaction, so that a large hold shows progress and a crash loses one thread.
 *
 * @returns how many threads were hashed or compared
 */
export async function hashHolds(): Promise<number> {
  await guarded(workerSql()`select legal.begin_hashing()`);
  for (let count = 0; ; count += 1) {
    const [row] = await guarded(workerSql()<{ more: boolean }[]>`select legal.hash_next() as more`);
    if (!row?.more) return count;
  }
}
