import { guarded } from "../../db/connect.ts";
import { workerSql } from "../../db/worker-client.ts";
import { log } from "../../server/log/logger.ts";

/** Raises what was opened by breaking the glass and has not been reviewed in time. */
export async function escalateBreakGlass(): Promise<void> {
  const [row] = await guarded(workerSql()<{ count: number }[]>`select access.escalate_glass() as count`);
  if (row?.count) log.warn("glass.escalated", { job: "escalate-break-glass", count: row.count });
}
