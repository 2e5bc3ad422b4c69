import { expiresAt } from "../expiry.ts";
import { afterRetraction, meaningOf } from "../responseCodes.ts";
import { isPassing } from "./causes.ts";
import type { Ledger, LedgerAttempt, LedgerStep, StepKind } from "./ledger.ts";
import { PACE, type Pace, waitAfter } from "./pace.ts";
import type { StuckCode } from "./stuck.ts";

/** What is to be done next to file a report. */
export type NextStep =
  /** It is filed. Nothing more may be sent, ever. */
  | { readonly do: "filed" }
  /** Begin another attempt, on record before anything is sent; it waits by itself if it must. */
  | { readonly do: "start" }
  /** Put the report together, to know its files; then ask again. */
  | { readonly do: "assemble" }
  | { readonly do: "submit" }
  | { readonly do: "upload"; readonly fileNo: number }
  | { readonly do: "fileinfo"; readonly fileNo: number; readonly fileId: string }
  | { readonly do: "finish"; readonly fileIds: readonly string[] }
  | { readonly do: "retract" }
  /** Put on record what became of the attempt. `was-finished`: filed, and its receipt was lost on the way. */
  | { readonly do: "close"; readonly as: "finished" | "was-finished" | "retracted" | "gone" }
  | { readonly do: "wait"; readonly until: Date }
  | { readonly do: "stuck"; readonly code: StuckCode };

/**
 * Works out what to do next from what is on record, and from nothing else: whoever takes a filing over needs only the
 * ledger. Never asks for a second finishing before the service itself has said that the attempt before is no more.
 *
 * A call that is `begun` and not ended is in doubt. A submission in doubt is left behind: nobody knows its number, so
 * nobody can finish it, and the service deletes it by itself. After any other the attempt is retracted, and the
 * service's answer tells where it stood (`afterRetraction`).
 *
 * @param ledger without calls that are under way: whoever asks has ended their own
 * @param files the numbers of the report's files, in order; null while it has not been put together
 */
export function nextStep(
  ledger: Ledger,
  files: readonly number[] | null,
  now: Date,
  pace: Pace = PACE,
): NextStep {
  if (ledger.attempts.some((one) => one.state === "finished")) return { do: "filed" };
  const attempt = ledger.attempts.find((one) => one.state === "open");
  if (!attempt) return between(ledger, pace);
  if (attempt.steps.some((one) => one.kind === "retract")) return retracting(attempt, ledger, now, pace);
  if (attempt.reportId === null) return opening(attempt, ledger, files, now, pace);
  const finish = lastOf(attempt, "finish");
  if (finish?.state === "accepted") return { do: "close", as: "finished" };
  if (ledger.stopAsked || isExpired(attempt, now)) return { do: "retract" };
  if (files === null) {
    const last = attempt.steps.at(-1);
    // What must be retracted anyhow needs no report.
    return last && !goesOn(last) && !mayRepeat(last, attempt, ledger, pace)
      ? { do: "retract" }
      : { do: "assemble" };
  }
  return sending(attempt, ledger, files, now, pace);
}

/** No attempt is open: the report has not been begun, or the last attempt came to nothing. */
function between(ledger: Ledger, pace: Pace): NextStep {
  if (ledger.stopAsked) return { do: "stuck", code: "stopped" };
  const tried = ledger.attempts.filter((one) => one.openedAt >= ledger.since);
  const last = ledger.attempts.at(-1);
  const step = last?.steps.findLast((one) => one.kind !== "retract");
  if (last && step && step.begunAt >= ledger.since) {
    const code = obstacle(step) ?? (failuresInARow(last, ledger) >= pace.tries ? "gave-up" : null);
    if (code) return { do: "stuck", code };
  }
  const spoilt = tried.filter((one) => one.steps.some((each) => each.intact === false)).length;
  if (spoilt >= pace.spoilt) return { do: "stuck", code: "spoilt" };
  const unfetched = tried.filter((one) => one.steps.some((each) => each.cause === "file-unreachable")).length;
  if (unfetched >= pace.spoilt) return { do: "stuck", code: "file-unreachable" };
  if (tried.length >= pace.attempts) return { do: "stuck", code: "gave-up" };
  return { do: "start" };
}

/** The service has given no number yet. */
function opening(
  attempt: LedgerAttempt,
  ledger: Ledger,
  files: readonly number[] | null,
  now: Date,
  pace: Pace,
): NextStep {
  const submit = lastOf(attempt, "submit");
  if (submit && !mayRepeat(submit, attempt, ledger, pace)) return { do: "close", as: "gone" };
  if (ledger.stopAsked) return { do: "close", as: "gone" };
  if (files === null) return { do: "assemble" };
  return later({ do: "submit" }, ledger, now, pace);
}

/** Files one after the other, each with its details, then the end. */
function sending(
  attempt: LedgerAttempt,
  ledger: Ledger,
  files: readonly number[],
  now: Date,
  pace: Pace,
): NextStep {
  const fileIds: string[] = [];
  for (const fileNo of files) {
    const upload = lastOf(attempt, "upload", fileNo);
    if (!upload || !goesOn(upload)) return once(upload, { do: "upload", fileNo }, attempt, ledger, now, pace);
    const fileId = upload.fileId;
    if (fileId === null) return { do: "retract" };
    const details = lastOf(attempt, "fileinfo", fileNo);
    if (!details || !goesOn(details))
      return once(details, { do: "fileinfo", fileNo, fileId }, attempt, ledger, now, pace);
    fileIds.push(fileId);
  }
  return once(lastOf(attempt, "finish"), { do: "finish", fileIds }, attempt, ledger, now, pace);
}

/** Makes a call that has not been made, or whose failure left no doubt; otherwise the attempt is over. */
function once(
  before: LedgerStep | undefined,
  step: NextStep,
  attempt: LedgerAttempt,
  ledger: Ledger,
  now: Date,
  pace: Pace,
): NextStep {
  if (before && !mayRepeat(before, attempt, ledger, pace)) return { do: "retract" };
  return later(step, ledger, now, pace);
}

/** The attempt is given up; now the service must say what became of it. */
function retracting(attempt: LedgerAttempt, ledger: Ledger, now: Date, pace: Pace): NextStep {
  const last = lastOf(attempt, "retract");
  if (last?.state === "accepted") return { do: "close", as: "retracted" };
  if (last?.state === "refused" && last.code !== null) {
    const follows = afterRetraction(last.code);
    if (follows === "was-finished") return { do: "close", as: "was-finished" };
    if (follows === "start-over") return { do: "close", as: last.code === 5001 ? "gone" : "retracted" };
  }
  const asked = attempt.steps.filter((one) => one.kind === "retract" && one.begunAt >= ledger.since);
  const hopeless =
    last !== undefined &&
    last.begunAt >= ledger.since &&
    (last.state === "refused" || (last.cause !== null && !isPassing(last.cause)));
  if (hopeless || asked.length >= pace.tries)
    return attempt.steps.some((one) => one.kind === "finish")
      ? { do: "stuck", code: "cannot-tell" }
      : // What nobody was ever asked to finish is not filed: the service deletes it by itself.
        { do: "close", as: "gone" };
  return later({ do: "retract" }, ledger, now, pace);
}

function lastOf(
  attempt: LedgerAttempt,
  kind: StepKind,
  fileNo: number | null = null,
): LedgerStep | undefined {
  return attempt.steps.findLast((one) => one.kind === kind && one.fileNo === fileNo);
}

/** Whether the attempt may go on behind this step. */
function goesOn(step: LedgerStep): boolean {
  return step.state === "accepted" && step.intact !== false;
}

/** Whether the very same call may be made again: it is certain that it was not done, and the cause may pass. */
function mayRepeat(step: LedgerStep, attempt: LedgerAttempt, ledger: Ledger, pace: Pace): boolean {
  return (
    step.state === "failed" &&
    !step.inDoubt &&
    step.cause !== null &&
    isPassing(step.cause) &&
    failuresInARow(attempt, ledger) < pace.tries
  );
}

function isExpired({ submittedAt, lastChangeAt, openedAt }: LedgerAttempt, now: Date): boolean {
  return now >= expiresAt(submittedAt ?? openedAt, lastChangeAt);
}

/** Why the attempt that ended with this step must not simply be made again. */
function obstacle(step: LedgerStep): StuckCode | null {
  if (step.state === "refused") {
    const kinds = { "sign-in": "credentials", rights: "rights", request: "refused" } as const;
    const { kind } = meaningOf(step.code ?? 0);
    return kind in kinds ? kinds[kind as keyof typeof kinds] : null;
  }
  if (step.state !== "failed" || step.cause === null || isPassing(step.cause)) return null;
  const files = ["file-gone", "file-changed", "file-too-large", "file-source"] as const;
  return files.find((one) => one === step.cause) ?? "connection";
}

/** A retraction that is refused has told what it was asked for. */
function isFailure(step: LedgerStep): boolean {
  return (
    !goesOn(step) && step.cause !== "cancelled" && !(step.kind === "retract" && step.state === "refused")
  );
}

/** How often in a row, up to now, nothing went through. */
function failuresInARow(attempt: LedgerAttempt, { since }: Ledger): number {
  const steps = attempt.steps.filter((one) => one.kind !== "retract" && one.begunAt >= since);
  return steps.length - 1 - steps.findLastIndex(goesOn);
}

/** Waits first when there have just been failures: the longer, the more there were since a file last went through. */
function later(step: NextStep, ledger: Ledger, now: Date, pace: Pace): NextStep {
  const steps = ledger.attempts.flatMap((one) => one.steps).filter((one) => one.begunAt >= ledger.since);
  const through = steps.findLastIndex((one) => one.kind === "fileinfo" && goesOn(one));
  const failures = steps.slice(through + 1).filter(isFailure);
  const last = failures.at(-1);
  if (!last) return step;
  const from = (last.endedAt ?? last.begunAt).getTime();
  const until = new Date(from + waitAfter(failures.length, pace));
  return until > now ? { do: "wait", until } : step;
}
