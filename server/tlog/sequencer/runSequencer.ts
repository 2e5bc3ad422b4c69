import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { openAuditSession, type Query, type Session } from "../../../db/auditSession.ts";
import { DatabaseFailure } from "../../../db/failure.ts";
import { log } from "../../log/logger.ts";
import { readLogKeys, stampOf } from "../keyFile.ts";
import { LogStopped } from "../LogStopped.ts";
import { appendBatch } from "./appendBatch.ts";
import { type OpenLog, openLog } from "./openLog.ts";
import { type SignedLast, signedLast } from "./signedLast.ts";

/** DESIGN.md §4: a batch is 256 entries or what came in 250 ms. */
const BATCH = 256;
const BATCH_MS = 250;
/** While behind: more leaves a transaction, so that the log catches up. */
const LARGE_BATCH = 4096;
/** How often it is looked whether leaves wait. */
const POLL_MS = 50;
/** How often one who waits for the place asks for it. */
const WAIT_MS = 250;
const RETRY_MS = [250, 1000, 5000, 10_000];
const CLOCK_MS = 5 * 60_000;
const LOOK_AROUND_MS = 5000;

export type SequencerOptions = {
  /** URL of the role unseal_audit. Not through a pooler that swaps sessions: the place is a lock of the session. */
  readonly url: string;
  /** Path of the signing keys. */
  readonly keyFile: string;
  /** Ends it, after the batch at hand. */
  readonly signal: AbortSignal;
  /** This machine's clock. */
  readonly now?: () => number;
};

/**
 * Continues the log for as long as the process lives: waits for the place, then moves leaves from where they wait to the
 * tree. Whatever goes wrong, it says so (log, audit.sequencer), waits and begins anew from what is stored; nothing is
 * signed in doubt, and nothing that waits is lost.
 *
 * @returns when the signal is given
 */
export async function runSequencer({
  url,
  keyFile,
  signal,
  now = Date.now,
}: SequencerOptions): Promise<void> {
  const instance = `${hostname().slice(0, 40)}:${process.pid}:${randomBytes(3).toString("hex")}`;
  const last = signedLast(keyFile);
  let failures = 0;
  while (!signal.aborted) {
    let session: Session | undefined;
    try {
      session = await openAuditSession(url, "unseal:sequencer");
      await waitForPlace(session.query, signal);
      if (!signal.aborted)
        await continueLog({
          session,
          keyFile,
          signal,
          now,
          instance,
          last,
          onProgress: () => (failures = 0),
        });
    } catch (error) {
      failures += 1;
      const problem =
        error instanceof LogStopped ? error.code : `database-${DatabaseFailure.from(error).sqlstate}`;
      log.error("sequencer.stopped", { code: problem, attempt: failures, error });
      if (session) await report(session.query, "stopped", problem, instance);
    } finally {
      await session?.end();
    }
    if (!signal.aborted && failures > 0)
      await pause(RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? 0, signal);
  }
  await last.close();
}

/** Polls for the lock of the session rather than waiting in it: a statement that waits keeps old rows from being swept. */
async function waitForPlace(query: Query, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const [row] = await query<{ held: boolean }>(
      "select pg_try_advisory_lock(hashtextextended('unseal.sequencer', 0)) as held",
    );
    if (row?.held) return;
    await pause(WAIT_MS, signal);
  }
}

type Continuation = {
  session: Session;
  keyFile: string;
  signal: AbortSignal;
  now: () => number;
  instance: string;
  last: SignedLast;
  /** Told when things have gone well: after a batch, and after some seconds without need of one. */
  onProgress: () => void;
};

async function continueLog({
  session,
  keyFile,
  signal,
  now,
  instance,
  last,
  onProgress,
}: Continuation): Promise<void> {
  const { query } = session;
  let stamp = await stampOf(keyFile);
  await checkClock(query, now);
  let state: OpenLog = await openLog(query, await readLogKeys(keyFile), last);
  let lookedAround = Date.now();
  let waitingSince: number | undefined;
  await report(query, "running", null, instance);
  log.info("sequencer.running", { count: state.edge.size });

  while (!signal.aborted) {
    const { waiting, strict } = await look(query);
    waitingSince = waiting > 0 ? (waitingSince ?? Date.now()) : undefined;
    const due =
      waiting >= BATCH || strict || (waitingSince !== undefined && Date.now() - waitingSince >= BATCH_MS);
    if (waiting > 0 && due) {
      const seen = await stampOf(keyFile);
      if (seen !== stamp) {
        // Keys were added or dropped: from here on, those of the file sign.
        state = await openLog(query, await readLogKeys(keyFile), last);
        stamp = seen;
      }
      state = await appendBatch(session, state, waiting >= BATCH ? LARGE_BATCH : BATCH);
      waitingSince = undefined;
      onProgress();
      if (state.head) await last.remember(state.head.note);
    } else {
      await last.flush();
    }
    if (Date.now() - lookedAround >= LOOK_AROUND_MS) {
      lookedAround = Date.now();
      await checkClock(query, now);
      await report(query, "running", null, instance);
      if (waiting === 0) onProgress();
    }
    if (waiting < BATCH) await pause(POLL_MS, signal);
  }
  await report(query, "stopped", "told-to", instance);
}

async function look(query: Query): Promise<{ waiting: number; strict: boolean }> {
  const [row] = await query<{ waiting: number; strict: boolean }>(
    `select (select count(*)::int from (select from audit.pending_leaves limit ${BATCH}) w) as waiting,
            coalesce((select strict from audit.log_settings), true) as strict`,
  );
  return row ?? { waiting: 0, strict: true };
}

/**
 * Two clocks that differ by minutes: one of them is wrong, and nobody knows which. What is signed then would carry a
 * time that may be refuted later.
 */
async function checkClock(query: Query, now: () => number): Promise<void> {
  const [row] = await query<{ ms: number }>(
    "select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms",
  );
  if (!row || Math.abs(row.ms - now()) > CLOCK_MS) throw new LogStopped("clock-differs");
}

async function report(query: Query, state: string, problem: string | null, instance: string): Promise<void> {
  await query("select audit.report_sequencer($1, $2, $3)", [state, problem, instance]).catch(() => {
    // The database is what failed; the line in the log has been written, and readiness sees that leaves wait.
  });
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
