import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { PACE, type Pace } from "../../../domain/cybertip/filing/pace.ts";
import { log } from "../../log/logger.ts";
import type { Patience } from "../ncmec/service.ts";
import type { Assemble } from "./Filing.ts";
import { fileOne, leaveToPerson } from "./fileOne.ts";
import { holdFiling, type Lease, takeFiling } from "./ledgerStore.ts";
import { openService } from "./openService.ts";

export interface FilingOptions {
  readonly assemble: Assemble;
  readonly signal: AbortSignal;
  /** How many reports this process files beside each other. */
  readonly atOnce?: number;
  readonly pace?: Pace;
  readonly patience?: Partial<Patience>;
  /** Milliseconds for which a filing is this process's own without a word from it. */
  readonly leaseMs?: number;
  /** Milliseconds between two looks for work. */
  readonly lookMs?: number;
  /** Milliseconds that a call under way has when the process is told to stop. */
  readonly graceMs?: number;
}

const AFTER_FAILURE_MS = 5_000;

/**
 * Files what is to be filed, report by report, until the signal is given. Any number of processes may do so at once.
 *
 * @returns when the calls under way have ended
 */
export async function runFilings(options: FilingOptions): Promise<void> {
  await Promise.all(Array.from({ length: options.atOnce ?? 2 }, () => keepFiling(options)));
}

async function keepFiling(options: FilingOptions): Promise<void> {
  const { signal, leaseMs = 60_000, lookMs = 2_000 } = options;
  const instance = `${hostname()} ${process.pid}`;
  while (!signal.aborted) {
    try {
      const lease = await takeFiling(instance, leaseMs);
      if (lease) await underLease(lease, options, leaseMs);
      else await pause(lookMs, signal);
    } catch (error) {
      log.error("cybertip.filing_failed", { error });
      await pause(AFTER_FAILURE_MS, signal);
    }
  }
}

async function underLease(lease: Lease, options: FilingOptions, leaseMs: number): Promise<void> {
  const set = await openService(options.patience);
  // A number of one environment means nothing, or something else, in another.
  if (!set || set.environment !== lease.environment)
    return leaveToPerson(lease, set ? "environment-changed" : "credentials", null);
  const { signal, graceMs = 12_000, assemble, pace = PACE } = options;
  const breaking = new AbortController();
  const halting = new AbortController();
  const over = new AbortController();
  const giveTime = () =>
    void sleep(graceMs, undefined, { signal: over.signal }).then(
      () => breaking.abort(),
      () => {},
    );
  if (signal.aborted) giveTime();
  else signal.addEventListener("abort", giveTime, { once: true });
  const holding = hold(lease, leaseMs, breaking, halting, over.signal);
  try {
    await fileOne(lease, {
      service: set.service,
      assemble,
      pace,
      stopping: signal,
      breaking: breaking.signal,
      halting: halting.signal,
    });
  } finally {
    over.abort();
    signal.removeEventListener("abort", giveTime);
    await holding;
  }
}

/** Renews the lease; says when it is lost, and when somebody asked to stop. */
async function hold(
  lease: Lease,
  leaseMs: number,
  breaking: AbortController,
  halting: AbortController,
  over: AbortSignal,
): Promise<void> {
  let heldUntil = performance.now() + leaseMs;
  for (;;) {
    await pause(leaseMs / 4, over);
    if (over.aborted) return;
    try {
      const asked = performance.now();
      const { held, stopAsked } = await holdFiling(lease, leaseMs);
      if (held) heldUntil = asked + leaseMs;
      if (stopAsked) halting.abort();
      if (!held) {
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
