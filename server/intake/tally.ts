import { log } from "../log/logger.ts";
import { askDatabase } from "./askDatabase.ts";
import type { PlatformActor } from "./platformActor.ts";

/** Refusals of one request by their code, to be recorded together: a million bad lines are not a million events. */
export interface Tally {
  /** Counts one. */
  count(code: string): Promise<void>;
  /** Writes what was counted. */
  record(): Promise<void>;
}

const MOST_AT_ONCE = 5_000;

/** @param actor whose delivery was refused in part */
export function tallyRefusals(actor: PlatformActor): Tally {
  let codes = new Map<string, number>();
  let total = 0;

  const record = async () => {
    if (total === 0) return;
    const counted = JSON.stringify(Object.fromEntries(codes));
    codes = new Map();
    total = 0;
    await askDatabase(actor, "record_refusals", counted).catch((error: unknown) => {
      // The lines stay refused; that they were is told here, since the log of acts could not take it.
      log.error("intake.refusals_not_recorded", { error });
      throw error;
    });
  };
  return {
    async count(code) {
      codes.set(code, (codes.get(code) ?? 0) + 1);
      total++;
      if (total >= MOST_AT_ONCE) await record();
    },
    record,
  };
}
