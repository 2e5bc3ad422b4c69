import { Logger, parseCronItems, type Runner, run } from "graphile-worker";
import { workerSettings } from "../environment/settings.ts";
import { log } from "../server/log/logger.ts";
import { escalateBreakGlass } from "./jobs/escalateBreakGlass.ts";
import { expireClaims } from "./jobs/expireClaims.ts";
import { expireRequests } from "./jobs/expireRequests.ts";
import { hashHolds } from "./jobs/hashHolds.ts";
import { keepHolds } from "./jobs/keepHolds.ts";
import { keepSignals } from "./jobs/keepSignals.ts";
import { makePartitions } from "./jobs/makePartitions.ts";
import { makeReviews } from "./jobs/makeReviews.ts";
import { runErasures } from "./jobs/runErasures.ts";
import { verifyLog } from "./jobs/verifyLog.ts";
import { watchCyberTipSchema } from "./jobs/watchCyberTipSchema.ts";
import { watchNight, watchToday, watchWeeks } from "./jobs/watchForMisuse.ts";

/** What runs by the clock. Each job is idempotent: any number of workers may share one database. */
const CRON = parseCronItems([
  { task: "expire_claims", match: "* * * * *", identifier: "expire_claims" },
  { task: "expire_requests", match: "* * * * *", identifier: "expire_requests" },
  { task: "escalate_break_glass", match: "* * * * *", identifier: "escalate_break_glass" },
  // Takes up what a worker that is no more has left; what is asked for starts at once (audit.ask_verification).
  { task: "verify_log", match: "* * * * *", identifier: "verify_log" },
  { task: "keep_signals", match: "*/5 * * * *", identifier: "keep_signals" },
  { task: "keep_holds", match: "* * * * *", identifier: "keep_holds" },
  // Both start at once when there is something to do; the minute takes up what arrived and what may go on now.
  { task: "hash_holds", match: "* * * * *", identifier: "hash_holds" },
  { task: "run_erasures", match: "* * * * *", identifier: "run_erasures" },
  { task: "watch_today", match: "*/10 * * * *", identifier: "watch_today" },
  { task: "watch_weeks", match: "25 * * * *", identifier: "watch_weeks" },
  {
    task: "watch_night",
    match: "35 0 * * *",
    identifier: "watch_night",
    options: { backfillPeriod: 86_400_000 },
  },
  {
    task: "watch_cybertip_schema",
    match: "11 4 * * *",
    identifier: "watch_cybertip_schema",
    options: { backfillPeriod: 86_400_000 },
  },
  { task: "make_reviews", match: "41 * * * *", identifier: "make_reviews" },
  {
    task: "make_partitions",
    match: "17 3 * * *",
    identifier: "make_partitions",
    options: { backfillPeriod: 86_400_000 },
  },
]);

/**
 * Starts the background jobs in this process.
 *
 * @returns the runner; `stop()` lets running jobs finish
 */
export function startWorker(): Promise<Runner> {
  return run({
    connectionString: workerSettings().workerDatabaseUrl,
    concurrency: 3,
    noHandleSignals: true,
    parsedCronItems: CRON,
    taskList: {
      expire_claims: expireClaims,
      expire_requests: expireRequests,
      escalate_break_glass: escalateBreakGlass,
      keep_signals: keepSignals,
      keep_holds: keepHolds,
      hash_holds: hashHolds,
      run_erasures: runErasures,
      watch_today: watchToday,
      watch_weeks: watchWeeks,
      watch_night: watchNight,
      make_reviews: makeReviews,
      make_partitions: makePartitions,
      verify_log: verifyLog,
      watch_cybertip_schema: watchCyberTipSchema,
    },
    // Its own words may hold payloads: only the level and a word of ours are kept.
    logger: new Logger(() => (level) => {
      if (level === "error") log.error("worker.job_failed");
      else if (level === "warning") log.warn("worker.warning");
    }),
  });
}
