import { openAuditSession, type Query } from "../../db/auditSession.ts";
import type { Checkpoint } from "../../domain/tlog/checkpoint.ts";
import { auditSettings, sequencerSettings } from "../../environment/settings.ts";
import { log } from "../log/logger.ts";
import { signedLast } from "../tlog/sequencer/signedLast.ts";
import { type Report, readVerifiers, verifyLog } from "./verifyLog.ts";

const REPORT_MS = 500;

/**
 * Takes up the check that waits, or that a worker which is no more has left, and brings it to its end. Its result is an
 * event before anybody sees it.
 *
 * @param stop this process is to end: another takes the check up again
 * @returns whether there was one
 * @throws DatabaseFailure when not even its failure could be written: it is then taken up again after a minute
 */
export async function runVerification(stop?: AbortSignal): Promise<boolean> {
  const session = await openAuditSession(auditSettings().auditDatabaseUrl, "unseal verification");
  try {
    const [row] = await session.query<{ taken: { id: string; run: string } | null }>(
      "select audit.take_up_verification() as taken",
    );
    if (!row?.taken) return false;
    const { id, run } = row.taken;
    try {
      const result = await verifyLog(
        session.query,
        reporter(session.query, id, run, stop),
        await keptCheckpoint(session.query),
      );
      if (result)
        await end(session.query, id, run, result.findings.length === 0 ? "sound" : "unsound", result);
    } catch (error) {
      log.error("integrity.verification_failed", { error });
      await end(session.query, id, run, "broken", null);
    }
    return true;
  } finally {
    await session.end();
  }
}

/**
 * What this machine signed last: a log that was cut or put back is found by it alone. A worker that does not sign has none,
 * and its check is worth what the database itself can tell.
 */
async function keptCheckpoint(query: Query): Promise<Checkpoint | undefined> {
  try {
    return await signedLast(sequencerSettings().logKeyFile).read(await readVerifiers(query));
  } catch (error) {
    log.warn("integrity.no_kept_checkpoint", { error });
    return undefined;
  }
}

function end(query: Query, id: string, run: string, state: string, result: object | null) {
  return query("select audit.end_verification($1, $2, $3, $4::jsonb)", [
    id,
    run,
    state,
    result === null ? null : JSON.stringify(result),
  ]);
}

/** Tells how far it is twice a second, and asks with it whether to go on. */
function reporter(query: Query, id: string, run: string, stop?: AbortSignal): Report {
  let told = 0;
  return async (phase, done, total) => {
    if (stop?.aborted) return false;
    if (Date.now() - told < REPORT_MS) return true;
    told = Date.now();
    const [row] = await query<{ on: boolean }>(
      'select audit.report_verification($1, $2, $3, $4, $5) as "on"',
      [id, run, phase, done, total],
    );
    return row?.on === true;
  };
}
