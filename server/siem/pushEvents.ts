import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { openAuditSession, type Query, type Session } from "../../db/auditSession.ts";
import { DatabaseFailure } from "../../db/failure.ts";
import { eventOfLeaf, type FeedRow } from "../../domain/siem/leafEvent.ts";
import { ocsfOf } from "../../domain/siem/ocsf.ts";
import { formatSyslog, octetCounted, syslogOf } from "../../domain/siem/syslog.ts";
import { log } from "../log/logger.ts";
import { DeliveryFailure } from "./DeliveryFailure.ts";
import { gapsOf } from "./gapsOf.ts";
import { postEvents } from "./postEvents.ts";
import { sendSyslog } from "./sendSyslog.ts";
import type { Sink } from "./sinks.ts";
import { sourceOf } from "./sourceOf.ts";

/** How long things take. Changed by tests alone. */
export interface Pace {
  /** Events of one delivery. */
  readonly batch: number;
  /** How often it is looked whether there is something new. */
  readonly pollMs: number;
  /** A delivery that takes longer has failed: a sink may hang. */
  readonly timeoutMs: number;
  /** After the first failure in a row; each further one doubles it. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
}
const PACE: Pace = { batch: 500, pollMs: 500, timeoutMs: 30_000, retryMs: 1000, longestRetryMs: 300_000 };
/** A delivery under way when the process is told to end may finish, for so long. */
const GRACE_MS = 5000;

export interface PushOptions {
  /** URL of the role unseal_audit. Not through a pooler that swaps sessions: the place is a lock of the session. */
  readonly url: string;
  readonly sink: Sink;
  /** Failures for so long become an event. */
  readonly alertMs: number;
  readonly enterprise: number;
  /** Ends it, after the delivery at hand. */
  readonly signal: AbortSignal;
  readonly pace?: Partial<Pace>;
}

/**
 * Sends the log to a sink for as long as the process lives, in its order and without a gap: one worker at a time, under a
 * lock of its session. The cursor moves on only after the sink has acknowledged, so what was under way when something
 * broke comes again (at least once; the same event has the same id). Never throws: a sink that fails is told of in
 * audit.siem_sinks and tried again, ever more slowly.
 *
 * @returns when the signal is given
 */
export async function pushEvents(options: PushOptions): Promise<void> {
  const pace = { ...PACE, ...options.pace };
  const instance = `${hostname().slice(0, 40)}:${process.pid}:${randomBytes(3).toString("hex")}`;
  const { url, sink, signal } = options;
  while (!signal.aborted) {
    let session: Session | undefined;
    try {
      session = await openAuditSession(url, `unseal:siem-${sink.name}`);
      await pushWhileHeld(session.query, { ...options, pace, instance });
    } catch (error) {
      const { sqlstate } = DatabaseFailure.from(error);
      log.error("siem.push_interrupted", { part: sink.name, code: `database-${sqlstate}`, error });
    } finally {
      await session?.end();
    }
    await pause(2 * pace.pollMs, signal);
  }
}

type Held = PushOptions & { readonly pace: Pace; readonly instance: string };
interface Turn {
  readonly nextIndex: number;
  readonly waitMs: number;
  readonly failures: number;
}

/** @returns when the signal is given or the sink is not configured any more */
async function pushWhileHeld(query: Query, held: Held): Promise<void> {
  const { sink, pace, signal, instance } = held;
  await waitForPlace(query, held);
  let size = pace.batch;
  while (!signal.aborted) {
    const [row] = await query<{ turn: Turn | null }>("select audit.siem_turn($1, $2) as turn", [
      sink.name,
      instance,
    ]);
    if (!row?.turn) return;
    if (row.turn.waitMs > 0) await pause(Math.min(row.turn.waitMs, 5000), signal);
    else size = await deliverNext(query, held, row.turn, size);
  }
}

/** Polls for the lock of the session rather than waiting in it: a statement that waits keeps old rows from being swept. */
async function waitForPlace(query: Query, { sink, pace, signal }: Held): Promise<void> {
  while (!signal.aborted) {
    const [row] = await query<{ held: boolean }>(
      "select pg_try_advisory_lock(hashtextextended('unseal.siem.' || $1, 0)) as held",
      [sink.name],
    );
    if (row?.held) return;
    await pause(pace.pollMs, signal);
  }
}

/** @returns how many events the next delivery may have */
async function deliverNext(query: Query, held: Held, turn: Turn, size: number): Promise<number> {
  const { sink, pace, signal } = held;
  const from = turn.nextIndex;
  const { origin, rows, length } = await readBatch(query, from, size);
  if (rows.length === 0) {
    // The sink has seen more than there is: the log was cut, or an old copy of it put back.
    if (length < from) await fail(query, held, turn, "log-shorter");
    else await pause(pace.pollMs, signal);
    return size;
  }
  for (const gap of gapsOf(
    from,
    rows.map(({ index }) => index),
  ))
    await query("select audit.record_gap($1, $2)", [gap.first, gap.last]);
  try {
    await deliver(held, rows, origin);
  } catch (error) {
    const { code } = DeliveryFailure.from(error);
    if (code === "stopped") return size;
    log.warn("siem.delivery_failed", { part: sink.name, code, attempt: turn.failures + 1 });
    await fail(query, held, turn, code);
    return code === "too-large" ? Math.max(1, Math.floor(size / 2)) : size;
  }
  const next = (rows.at(-1)?.index ?? from) + 1;
  await query("select audit.siem_delivered($1, $2, $3)", [sink.name, from, next]);
  return size;
}

async function readBatch(query: Query, from: number, limit: number) {
  const [head] = await query<{ head: { origin: string | null; size: number } }>(
    "select audit.feed_head() as head",
  );
  const found = await query<{ log_index: string; leaf: string; event: FeedRow["event"] }>(
    "select log_index, leaf, event from audit.feed_batch($1, $2)",
    [from, limit],
  );
  const rows = found.map(
    ({ log_index, leaf, event }): FeedRow => ({ index: Number(log_index), leaf, event }),
  );
  return { origin: head?.head.origin ?? null, length: head?.head.size ?? 0, rows };
}

async function deliver(held: Held, rows: readonly FeedRow[], origin: string | null): Promise<void> {
  const { sink, pace, signal, enterprise } = held;
  const source = sourceOf(origin, enterprise);
  const events = rows.map(eventOfLeaf);
  const cut = new AbortController();
  const onStop = () => setTimeout(() => cut.abort(), GRACE_MS).unref();
  signal.addEventListener("abort", onStop);
  const terms = { timeoutMs: pace.timeoutMs, signal: cut.signal };
  try {
    if (sink.name === "syslog") {
      const frames = events.map((event) => octetCounted(formatSyslog(syslogOf(event, source))));
      await sendSyslog(sink, frames, terms);
    } else {
      const lines = events.map((event) => `${JSON.stringify(ocsfOf(event, source))}\n`).join("");
      await postEvents(sink, lines, terms);
    }
  } finally {
    signal.removeEventListener("abort", onStop);
  }
}

async function fail(query: Query, held: Held, { failures }: Turn, code: string): Promise<void> {
  const { sink, pace, alertMs } = held;
  const longest = Math.min(pace.longestRetryMs, pace.retryMs * 2 ** Math.min(failures, 20));
  // Not all workers at once after an outage: between half of it and all of it.
  const wait = longest * (0.5 + Math.random() / 2);
  await query("select audit.siem_failed($1, $2, make_interval(secs => $3), make_interval(secs => $4))", [
    sink.name,
    code,
    wait / 1000,
    alertMs / 1000,
  ]);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
