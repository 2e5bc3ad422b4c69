import { guarded } from "../../db/connect.ts";
import { workerSql } from "../../db/worker-client.ts";
import { log } from "../../server/log/logger.ts";

/** Lifts signals and reviews that are past their due time, so that none is dropped in silence. */
export async function keepSignals(): Promise<void> {
  const [row] = await guarded(
    workerSql()<{ signals: number; reviews: number }[]>`
      select access.escalate_signals() as signals, access.escalate_reviews() as reviews`,
  );
  if (row?.signals) log.warn("signals.escalated", { job: "keep-signals", count: row.signals });
  if (row?.reviews) log.warn("reviews.escalated", { job: "keep-signals", count: row.reviews });
}
