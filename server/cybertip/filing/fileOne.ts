import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseFailure } from "../../../db/failure.ts";
import type { Ledger, LedgerAttempt } from "../../../domain/cybertip/filing/ledger.ts";
import { type NextStep, nextStep } from "../../../domain/cybertip/filing/nextStep.ts";
import type { Pace } from "../../../domain/cybertip/filing/pace.ts";
import type { StuckCode } from "../../../domain/cybertip/filing/stuck.ts";
import { newSealer } from "../../disclosure/seal.ts";
import { log } from "../../log/logger.ts";
import type { NcmecService } from "../ncmec/service.ts";
import { type Assemble, type Filing, NotAssembled } from "./Filing.ts";
import {
  beginStep,
  closeAttempt,
  endStep,
  type Lease,
  type ReadLedger,
  readLedger,
  restFiling,
  stickFiling,
} from "./ledgerStore.ts";
import { type Call, type Ended, prepareCall } from "./makeCall.ts";

export interface Work {
  readonly service: NcmecService;
  readonly assemble: Assemble;
  readonly pace: Pace;
  /** No further call is begun; the one under way may end. */
  readonly stopping: AbortSignal;
  /** The call under way is broken off, and none follows: the lease may be lost, or there is no more time. */
  readonly breaking: AbortSignal;
  /** Somebody asked to stop: what sends the report is broken off, what finishes it or takes it back is not. */
  readonly halting: AbortSignal;
}

/** A reading lasts half an hour; what is put together anew before that never meets its end. */
const FRESH_MS = 10 * 60_000;
const AGAIN_MS = 30_000;
/** How often an attempt is taken up before a person looks why nothing comes of it: more than an hour of failures. */
const MOST_TRIES = 150;

/**
 * Files one report as far as it goes now: reads the ledger, makes the one call that follows, puts on record how it
 * ended, and reads it again. Whatever it needs to know it finds there, so that it can be ended at any point and gone on
 * with by anybody.
 *
 * @returns when it is filed, rests, waits for a person, or belongs to somebody else
 * @throws DatabaseFailure when the database is away; the lease lapses by itself
 */
export async function fileOne(lease: Lease, work: Work): Promise<void> {
  let filing: { readonly filing: Filing; readonly at: number } | null = null;
  for (;;) {
    const read = await readLedger(lease);
    if (!read) return;
    if (work.stopping.aborted || work.breaking.aborted) return restFiling(lease, null, read);
    if (filing && performance.now() - filing.at > FRESH_MS) filing = null;
    const files = filing?.filing.files.map((one) => one.no) ?? null;
    const next = nextStep(read.ledger, files, read.now, work.pace);
    switch (next.do) {
      case "assemble": {
        const made = await assembled(lease, work, read);
        if (!made) return;
        filing = { filing: made, at: performance.now() };
        break;
      }
      case "wait":
        return restFiling(lease, next.until, read);
      case "close":
        // Another attempt is another lease.
        return close(lease, next.as, read, work.pace);
      case "stuck":
        return stickFiling(lease, next.code, troubledFile(read.ledger));
      case "filed":
      case "start":
        throw new Error("A lease on an attempt that is not open.");
      default: {
        const openAttempt = read.ledger.attempts.find((one) => one.state === "open");
        if (!(await call(lease, next, openAttempt?.reportId ?? null, filing?.filing ?? null, work, read)))
          return;
      }
    }
  }
}

/** Puts the report together; when that cannot be, says so on record. */
async function assembled(lease: Lease, { assemble }: Work, read: ReadLedger): Promise<Filing | null> {
  try {
    return await assemble(lease);
  } catch (error) {
    if (error instanceof NotAssembled) await leaveToPerson(lease, error.code, error.fileNo);
    else if (lease.tries > MOST_TRIES) await leaveToPerson(lease, "not-assembled", null);
    else {
      log.warn("cybertip.assembly_failed", { caseId: lease.caseId, attempt: lease.tries, error });
      await restFiling(lease, new Date(read.now.getTime() + AGAIN_MS), read);
    }
    return null;
  }
}

/**
 * Leaves the filing to a person. The attempt is let go where that is certain to be right: what nobody was asked to finish
 * is never filed. Otherwise it stays open, and so does the question.
 */
export async function leaveToPerson(lease: Lease, code: StuckCode, fileNo: number | null): Promise<void> {
  const read = await readLedger(lease);
  const attempt = read?.ledger.attempts.find((one) => one.state === "open");
  if (attempt?.steps.some((one) => one.kind === "finish")) await stickFiling(lease, code, fileNo);
  else if (attempt) await closeAttempt(lease, "gone", code, fileNo);
}

/** Puts on record what became of the attempt, and what follows from it. */
async function close(
  lease: Lease,
  as: Extract<NextStep, { do: "close" }>["as"],
  { ledger, now }: ReadLedger,
  pace: Pace,
): Promise<void> {
  if (as === "finished") throw new Error("A finishing that was taken is on record with its attempt.");
  if (as === "was-finished") {
    await closeAttempt(lease, as, "filed", null);
    return;
  }
  const attempts = ledger.attempts.map(
    (one): LedgerAttempt => (one.state === "open" ? { ...one, state: as } : one),
  );
  const then = nextStep({ ...ledger, attempts }, null, now, pace);
  if (then.do === "start") await closeAttempt(lease, as, "start", null);
  else if (then.do === "stuck") await closeAttempt(lease, as, then.code, troubledFile(ledger));
  else throw new Error("Behind an attempt that is over another begins, or a person acts.");
}

/** The file at which the last attempt broke off. */
function troubledFile({ attempts }: Ledger): number | null {
  const last = attempts.at(-1)?.steps.findLast((one) => one.kind !== "retract");
  return last && (last.state !== "accepted" || last.intact === false) ? last.fileNo : null;
}

/** Makes one call between its two records. @returns false when the filing belongs to somebody else now */
async function call(
  lease: Lease,
  next: Call,
  reportId: string | null,
  filing: Filing | null,
  work: Work,
  read: ReadLedger,
): Promise<boolean> {
  let ready: ReturnType<typeof prepareCall>;
  try {
    ready = prepareCall(next, reportId, filing, read.now);
  } catch (error) {
    if (!(error instanceof NotAssembled)) throw error;
    await leaveToPerson(lease, error.code, error.fileNo);
    return false;
  }
  const stepId = await beginStep(lease, next.do, "fileNo" in next ? next.fileNo : null);
  if (stepId === null) return false;
  const signal =
    next.do === "finish" || next.do === "retract"
      ? work.breaking
      : AbortSignal.any([work.breaking, work.halting]);
  const ended = await ready(work.service, signal);
  return keep(stepId, lease, ended);
}

/** A result is the one thing that cannot be had again: it is offered to the database until it takes it. */
async function keep(stepId: string, lease: Lease, ended: Ended): Promise<boolean> {
  let record = await withAnswer(stepId, lease, ended);
  for (let tries = 0; ; tries++) {
    try {
      return await endStep(stepId, lease, record);
    } catch (error) {
      const failure = DatabaseFailure.from(error);
      log.error("cybertip.step_unrecorded", { caseId: lease.caseId, attempt: tries, error: failure });
      // An answer that does not fit the ledger is none that the service would give.
      if (/^2[23]/.test(failure.sqlstate))
        record = { state: "failed", cause: "answer-strange", inDoubt: true };
      await sleep(Math.min(250 * 2 ** tries, 5_000));
    }
  }
}

async function withAnswer(stepId: string, lease: Lease, { record, quoted }: Ended): Promise<Ended["record"]> {
  if (quoted === null) return record;
  try {
    const { keyId, kekId, wrapped, answer } = await newSealer(lease.threadId);
    const box = answer(stepId, quoted);
    return {
      ...record,
      answer: { keyId, kekId, wrapped: wrapped.toString("base64"), box: box.toString("base64") },
    };
  } catch (error) {
    // Its hash is kept even so, and how the call ended matters more.
    log.error("cybertip.answer_unsealed", { caseId: lease.caseId, error });
    return record;
  }
}
