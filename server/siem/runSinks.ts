import { setTimeout as sleep } from "node:timers/promises";
import { openAuditSession } from "../../db/auditSession.ts";
import { DatabaseFailure } from "../../db/failure.ts";
import { log } from "../log/logger.ts";
import { type PushOptions, pushEvents } from "./pushEvents.ts";
import { type Sink, targetOf } from "./sinks.ts";

const AGAIN_MS = 5000;

export type SinksOptions = Omit<PushOptions, "sink"> & {
  readonly sinks: readonly Sink[];
  /** A sink that is new begins at the end of the log. */
  readonly fromNow: boolean;
};

/**
 * Puts on record which sinks there are, which is an event when it has changed, and pushes to each.
 *
 * @returns when the signal is given
 */
export async function runSinks({ sinks, fromNow, ...options }: SinksOptions): Promise<void> {
  while (!options.signal.aborted && !(await putOnRecord(options.url, sinks, fromNow)))
    await sleep(AGAIN_MS, undefined, { signal: options.signal }).catch(() => {});
  await Promise.all(sinks.map((sink) => pushEvents({ ...options, sink })));
}

async function putOnRecord(url: string, sinks: readonly Sink[], fromNow: boolean): Promise<boolean> {
  try {
    const session = await openAuditSession(url, "unseal:siem");
    try {
      const [names, targets] = [sinks.map(({ name }) => name), sinks.map(targetOf)];
      await session.query("select audit.set_siem_sinks($1, $2, $3)", [names, targets, fromNow]);
    } finally {
      await session.end();
    }
    return true;
  } catch (error) {
    log.error("siem.sinks_unrecorded", { code: `database-${DatabaseFailure.from(error).sqlstate}`, error });
    return false;
  }
}
