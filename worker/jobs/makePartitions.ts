import { guarded } from "../../db/connect.ts";
import { workerSql } from "../../db/worker-client.ts";
import { log } from "../../server/log/logger.ts";

/** Makes the month partitions of views and audit events for the next quarter. */
export async function makePartitions(): Promise<void> {
  const [row] = await guarded(workerSql()<{ count: number }[]>`select unseal.make_partitions() as count`);
  if (row?.count) log.info("partitions.made", { job: "make-partitions", count: row.count });
}
