import { guarded } from "../../db/connect.ts";
import { workerSql } from "../../db/worker-client.ts";
import { log } from "../../server/log/logger.ts";

/** Draws the lot of each week that is over, and requires the reviews that must be. */
export async function makeReviews(): Promise<void> {
  const [row] = await guarded(
    workerSql()<{ weeks: number; required: number }[]>`
      select access.draw_weeks() as weeks, access.require_due_reviews() as required`,
  );
  if (row?.weeks) log.info("reviews.drawn", { job: "make-reviews", count: row.weeks });
  if (row?.required) log.info("reviews.required", { job: "make-reviews", count: row.required });
}
