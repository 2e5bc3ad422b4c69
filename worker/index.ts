import { Logger, parseCronItems, type Runner, run } from "graphile-worker";
import { workerSettings } from "../environment/settings.ts";
import { log } from "../server/log/logger.ts";
import { escalateBreakGlass } from "./jobs/escalateBreakGlass.ts";
import { expireClaims } from "./jobs/expireClaims.ts";
import { expireRequests } from "./jobs/expireRequests.ts";
import { makePartitions } from "./jobs/makePartitions.ts";
import { verifyLog } from "./jobs/verifyLog.ts";

/** What runs by the clock. Each job is idempotent: any number of workers may share one database. */
const CRON = parseCronItems([
  { task: "expire_claims", match: "* * * * *", identifier: "expire_claims" },
  { task: "expire_requests", match: "* * * * *", identifier: "expire_requests" },
  { task: "escalate_break_glass", match: "* * * * *", identifier: "escalate_break_glass" },
  // Takes up what a worker that is no more has left; what is asked for starts at once (audit.ask_verification).
  { task: "verify_log", match: "* * * * *", identifier: "verify_log" },
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
      make_partitions: makePartitions,
      verify_log: verifyLog,
    },
    // Its own words may hold payloads: only the level and a word of ours are kept.
    logger: new Logger(() => (level) => {
      if (level === "error") log.error("worker.job_failed");
      else if (level === "warning") log.warn("worker.warning");
    }),
  });
}
