import { log } from "../../server/log/logger.ts";
import { type Watched, watchForMisuse } from "../../server/signals/watch.ts";

const DAY_MS = 86_400_000;
const NIGHTS = 7;

function tell(job: string, { observed, raised }: Watched): void {
  if (observed > 0) log.info("signals.observed", { job, count: observed });
  if (raised > 0) log.info("signals.raised", { job, count: raised });
}

/** Every ten minutes: what the last day shows. */
export async function watchToday(): Promise<void> {
  tell("watch-today", await watchForMisuse({ thorough: false }));
}

/** Every hour: what takes weeks to show, too. */
export async function watchWeeks(): Promise<void> {
  tell("watch-weeks", await watchForMisuse({ thorough: true }));
}

/**
 * Every night: the day that has ended, to its end, with the views that committed late. The six before it are judged once more,
 * or what was done while no worker ran would never be: what is raised already is known by its evidence.
 */
export async function watchNight(): Promise<void> {
  const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  for (let ago = NIGHTS - 1; ago >= 0; ago--) {
    const until = new Date(midnight - ago * DAY_MS);
    // What takes weeks to show is in the newest night's windows as well.
    tell("watch-night", await watchForMisuse({ until, thorough: ago === 0, back: "3 days" }));
  }
}
