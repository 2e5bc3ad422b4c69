import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseFailure } from "../../../db/failure.ts";
import { log } from "../../log/logger.ts";
import {
  type BuildLease,
  BuildLost,
  holdProduction,
  restProduction,
  stickProduction,
  takeProduction,
} from "./ledgerStore.ts";
import { BuildStuck, NotSignedYet } from "./stuck.ts";

export interface ProductionOptions {
  /** Builds one packet as far as it goes: `server/disclosure/buildPacket.ts`. */
  readonly build: (lease: BuildLease, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Milliseconds for which a build is this process's own without a word from it. */
  readonly leaseMs?: number;
  /** Milliseconds between two looks for work. */
  readonly lookMs?: number;
  /** Milliseconds that a build rests when it came to nothing; longer with each time. */
  readonly againMs?: number;
}

const AFTER_FAILURE_MS = 5_000;
/** How often in a row a build may come to nothing before a person looks why. */
const MOST_FAILURES = 5;
/** Of PostgreSQL: no room on its disk. */
const DISK_FULL = new Set(["53100", "53000"]);

/**
 * Builds packets, one at a time, until the signal is given. Any number of processes may do so at once.
 *
 * @returns when the step at hand has ended
 */
export async function runProductions(options: ProductionOptions): Promise<void> {
  const { signal, leaseMs = 60_000, lookMs = 2_000 } = options;
  const instance = `${hostname()} ${process.pid}`;
  while (!signal.aborted) {
    try {
      const lease = await takeProduction(instance, leaseMs);
      if (lease) await underLease(lease, options, leaseMs);
      else await pause(lookMs, signal);
    } catch (error) {
      log.error("legal.build_failed", { error });
      await pause(AFTER_FAILURE_MS, signal);
    }
  }
}

async function underLease(lease: BuildLease, options: ProductionOptions, leaseMs: number): Promise<void> {
  const breaking = new AbortController();
  const over = new AbortController();
  const stop = () => breaking.abort();
  if (options.signal.aborted) stop();
  else options.signal.addEventListener("abort", stop, { once: true });
  const holding = hold(lease, leaseMs, breaking, over.signal);
  try {
    await options.build(lease, breaking.signal);
  } catch (error) {
    await settle(lease, error, breaking.signal, options.againMs ?? 10_000);
  } finally {
    over.abort();
    options.signal.removeEventListener("abort", stop);
    await holding;
  }
}

/** What follows from a build that did not end. */
async function settle(
  lease: BuildLease,
  error: unknown,
  breaking: AbortSignal,
  againMs: number,
): Promise<void> {
  if (error instanceof BuildLost) return;
  if (breaking.aborted) {
    await restProduction(lease, 0, false);
    return;
  }
  if (error instanceof BuildStuck) return stickProduction(lease, error.code, error.path);
  if (isDiskFull(error)) return stickProduction(lease, "disk-full", null);
  if (isDamaged(error)) return stickProduction(lease, "sealed-damaged", null);
  const waiting = error instanceof NotSignedYet;
  if (!waiting) log.warn("legal.build_interrupted", { attempt: lease.tries, error });
  // It rests, and after that a person looks why.
  if (lease.failures + 1 >= MOST_FAILURES)
    await stickProduction(lease, waiting ? "log-unsigned" : "failed", null);
  else await restProduction(lease, againMs * (lease.failures + 1), true);
}

function isDiskFull(error: unknown): boolean {
  return (
    (error instanceof DatabaseFailure && DISK_FULL.has(error.sqlstate)) ||
    (error instanceof Error && (error as NodeJS.ErrnoException).code === "ENOSPC")
  );
}

function isDamaged(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === "sealed-damaged";
}

/** Renews the lease; breaks the build off when it is lost or over. */
async function hold(
  lease: BuildLease,
  leaseMs: number,
  breaking: AbortController,
  over: AbortSignal,
): Promise<void> {
  let heldUntil = performance.now() + leaseMs;
  for (;;) {
    await pause(leaseMs / 4, over);
    if (over.aborted) return;
    try {
      const asked = performance.now();
      if (await holdProduction(lease, leaseMs)) heldUntil = asked + leaseMs;
      else {
        breaking.abort();
        return;
      }
    } catch {
      // Without a word from the database the lease is good until it lapses.
      if (performance.now() > heldUntil) breaking.abort();
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
