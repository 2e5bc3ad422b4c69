import { guarded } from "../../db/connect.ts";
import { workerSql } from "../../db/worker-client.ts";
import { log } from "../../server/log/logger.ts";

/** Gives lapsed claims back to their queues, 500 at a time, so that the log and the open pages hear of it. */
export async function expireClaims(): Promise<void> {
  const [row] = await guarded(workerSql()<{ count: number }[]>`select triage.expire_claims() as count`);
  if (row?.count) log.info("claims.lapsed", { job: "expire-claims", count: row.count });
}
