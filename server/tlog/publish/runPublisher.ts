import { setTimeout as sleep } from "node:timers/promises";
import { openAuditSession, type Query, type Session } from "../../../db/auditSession.ts";
import { log } from "../../log/logger.ts";
import { reduceError } from "../../log/reduceError.ts";
import { readHead } from "../sequencer/readTree.ts";
import { type Sink, SinkFailure } from "./Sink.ts";

export type PublisherOptions = {
  /** URL of the role unseal_audit. */
  readonly url: string;
  readonly sinks: readonly Sink[];
  readonly signal: AbortSignal;
  /** How long one delivery may take. */
  readonly patienceMs?: number;
  /** The first wait after a failure; doubled each time, up to `mostWaitMs`. */
  readonly firstWaitMs?: number;
};

const LOOK_MS = 1000;
const MOST_WAIT_MS = 5 * 60_000;
const PLACE_MS = 2000;

/**
 * Pushes checkpoints to their sinks for as long as the process lives. Each sink goes at its own pace: one that hangs or
 * fails holds up neither the others nor the sequencer, which this has nothing to do with. One process at a time does it.
 *
 * @returns when the signal is given
 */
export async function runPublisher(options: PublisherOptions): Promise<void> {
  const { url, signal } = options;
  const under: UnderWay = new Map();
  while (!signal.aborted) {
    let session: Session | undefined;
    try {
      session = await openAuditSession(url, "unseal:publisher");
      await waitForPlace(session.query, signal);
      if (!signal.aborted) await publish(session.query, options, under);
    } catch (error) {
      log.error("publisher.stopped", { error });
    } finally {
      await session?.end();
    }
    await pause(PLACE_MS, signal);
  }
}

async function waitForPlace(query: Query, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const [row] = await query<{ held: boolean }>(
      "select pg_try_advisory_lock(hashtextextended('unseal.publisher', 0)) as held",
    );
    if (row?.held) return;
    await pause(PLACE_MS, signal);
  }
}

/** Deliveries that have not ended, by sink: also those that were given up. */
type UnderWay = Map<string, Promise<unknown>>;

async function publish(query: Query, options: PublisherOptions, under: UnderWay): Promise<void> {
  const { sinks } = options;
  await query("select audit.set_log_sinks($1, $2)", [
    sinks.map((sink) => sink.name),
    sinks.map((sink) => sink.kind),
  ]);
  // When the database is lost, all loops end, and everything begins anew.
  const lost = new AbortController();
  const signal = AbortSignal.any([options.signal, lost.signal]);
  const loops = sinks.map((sink) =>
    serve(query, sink, { ...options, signal }, under).catch((error: unknown) => {
      lost.abort();
      throw error;
    }),
  );
  if (sinks.length === 0) loops.push(untilAborted(signal));
  const ended = await Promise.allSettled(loops);
  for (const loop of ended) if (loop.status === "rejected") throw loop.reason;
}

type State = { lastSize: string | null; failures: number; wait: number };

async function serve(query: Query, sink: Sink, options: PublisherOptions, under: UnderWay): Promise<void> {
  const { signal, patienceMs = 20_000, firstWaitMs = 1000 } = options;
  while (!signal.aborted) {
    const [state] = await query<State>(
      `select last_size as "lastSize", failures,
              greatest(0, extract(epoch from next_try_at - clock_timestamp()) * 1000)::float8 as wait
         from audit.log_sinks where name = $1`,
      [sink.name],
    );
    const head = await readHead(query);
    const lastSize = state?.lastSize ? Number(state.lastSize) : null;
    const waits = Math.min(state?.wait ?? 0, MOST_WAIT_MS);
    if (waits > 0 || !head || head.size === lastSize) {
      await pause(Math.max(LOOK_MS / 4, Math.min(waits, LOOK_MS)), signal);
      continue;
    }
    // One that was given up and has not ended is not begun again beside itself: each would hold a thread of the pool.
    const failure = under.has(sink.name)
      ? "timed-out"
      : await attempt(patienceMs, signal, (ends) => {
          const delivery = sink.deliver(query, head, lastSize, ends).finally(() => under.delete(sink.name));
          under.set(sink.name, delivery);
          return delivery;
        });
    if (signal.aborted) return;
    const failures = failure ? (state?.failures ?? 0) + 1 : 0;
    const wait = failure
      ? Math.min(firstWaitMs * 2 ** Math.min(failures - 1, 20), MOST_WAIT_MS)
      : sink.everyMs;
    if (failure) log.warn("publisher.not_delivered", { part: sink.kind, code: failure, attempt: failures });
    await query("select audit.report_sink($1, $2, $3, clock_timestamp() + make_interval(secs => $4))", [
      sink.name,
      head.size,
      failure ?? null,
      wait / 1000,
    ]);
  }
}

/** What went wrong with a delivery; nothing when it arrived. One that does not end is given up, not waited for. */
async function attempt(
  patienceMs: number,
  signal: AbortSignal,
  deliver: (ends: AbortSignal) => Promise<void>,
): Promise<string | undefined> {
  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  const timer = sleep(patienceMs, "timed-out", { signal: ends }).catch(() => "timed-out");
  const delivery = deliver(ends).then(() => undefined, problemOf);
  const first = await Promise.race([delivery, timer]);
  over.abort();
  return first;
}

function problemOf(error: unknown): string {
  if (error instanceof SinkFailure) return error.code;
  const { sqlstate, code } = reduceError(error);
  return sqlstate ? `database-${sqlstate}` : (code ?? "failed");
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await pause(60_000, signal);
}
