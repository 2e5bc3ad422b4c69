import { z } from "zod";
import { guarded, type Json } from "../../../db/connect.ts";
import { workerSql } from "../../../db/worker-client.ts";
import { FAILURE_CAUSES } from "../../../domain/cybertip/filing/causes.ts";
import {
  ATTEMPT_STATES,
  type Ledger,
  STEP_KINDS,
  type StepKind,
} from "../../../domain/cybertip/filing/ledger.ts";

/** A filing that this worker has taken up. The token says so; whoever takes it over gives it another. */
export interface Lease {
  readonly attemptId: string;
  readonly token: string;
  readonly reportId: string;
  readonly threadId: string;
  readonly caseId: string;
  readonly environment: "production" | "test" | "local";
  readonly revision: number;
  /** How often this attempt was taken up, this time included. */
  readonly tries: number;
}

const lease = z.object({
  attemptId: z.string(),
  token: z.string(),
  reportId: z.string(),
  threadId: z.string(),
  caseId: z.string(),
  environment: z.enum(["production", "test", "local"]),
  revision: z.number(),
  tries: z.number(),
});

const moment = z.string().transform((text) => new Date(text));
const ledger = z.object({
  now: moment,
  since: z.string(),
  stopAsked: z.boolean(),
  attempts: z.array(
    z.object({
      n: z.number(),
      state: z.enum(ATTEMPT_STATES),
      openedAt: moment,
      reportId: z.string().nullable(),
      submittedAt: moment.nullable(),
      lastChangeAt: moment.nullable(),
      steps: z.array(
        z.object({
          kind: z.enum(STEP_KINDS),
          fileNo: z.number().nullable(),
          state: z.enum(["begun", "accepted", "refused", "failed"]),
          begunAt: moment,
          endedAt: moment.nullable(),
          code: z.number().nullable(),
          inDoubt: z.boolean(),
          // A later release may know causes that this one does not: those need a person.
          cause: z.enum(FAILURE_CAUSES).nullable().catch("answer-strange"),
          fileId: z.string().nullable(),
          intact: z.boolean().nullable(),
        }),
      ),
    }),
  ),
});
const ended = z.object({ ok: z.boolean(), filed: z.boolean().optional() });
const begun = z.object({ ok: z.boolean(), stepId: z.string().optional() });

/** The ledger, the database's clock, and what a rest is held against. */
export interface ReadLedger {
  readonly ledger: Ledger;
  readonly now: Date;
  readonly since: string;
}

/** Takes up a filing that is due and that nobody works on; null when there is none, or live submission is off. */
export async function takeFiling(instance: string, leaseMs: number): Promise<Lease | null> {
  const [row] = await guarded(
    workerSql()`select cybertip.take_filing(${instance}, ${interval(leaseMs)}::interval) as taken`,
  );
  return lease.nullable().parse(row?.taken ?? null);
}

/** Keeps the lease. */
export async function holdFiling(
  { attemptId, token }: Lease,
  leaseMs: number,
): Promise<{ held: boolean; stopAsked: boolean }> {
  const [row] = await guarded(
    workerSql()`select cybertip.hold_filing(${attemptId}, ${token}, ${interval(leaseMs)}::interval) as answer`,
  );
  return z.object({ held: z.boolean(), stopAsked: z.boolean() }).parse(row?.answer);
}

/** Gives it back until a moment; null: it is due at once. */
export async function restFiling(
  { attemptId, token }: Lease,
  until: Date | null,
  { since, ledger: { stopAsked } }: ReadLedger,
): Promise<void> {
  await guarded(
    workerSql()`select cybertip.rest_filing(${attemptId}, ${token}, ${until}, ${since}, ${stopAsked})`,
  );
}

/** Everything that was done to file the report; null when the lease is lost. */
export async function readLedger({ attemptId, token }: Lease): Promise<ReadLedger | null> {
  const [row] = await guarded(workerSql()`select cybertip.filing_ledger(${attemptId}, ${token}) as ledger`);
  if (!row?.ledger) return null;
  const { now, since, ...rest } = ledger.parse(row.ledger);
  return { now, since, ledger: { ...rest, since: new Date(since) } };
}

/** Puts on record that a call is about to be made; null when the lease is lost. */
export async function beginStep(
  { attemptId, token }: Lease,
  kind: StepKind,
  fileNo: number | null,
): Promise<string | null> {
  const [row] = await guarded(
    workerSql()`select cybertip.begin_step(${attemptId}, ${token}, ${kind}, ${fileNo}, null) as answer`,
  );
  const { ok, stepId } = begun.parse(row?.answer);
  return ok ? (stepId ?? null) : null;
}

/** Puts on record how it ended. @returns false when the lease is lost: then only a receipt was kept */
export async function endStep(stepId: string, { token }: Lease, result: Json): Promise<boolean> {
  const [row] = await guarded(
    workerSql()`select cybertip.end_step(${stepId}, ${token}, ${result as never}::jsonb) as answer`,
  );
  return ended.parse(row?.answer).ok;
}

/** Puts on record what became of the attempt, and what follows. @returns false when the lease is lost */
export async function closeAttempt(
  { attemptId, token }: Lease,
  as: "was-finished" | "retracted" | "gone",
  then: string,
  fileNo: number | null,
): Promise<boolean> {
  const [row] = await guarded(
    workerSql()`select cybertip.close_attempt(${attemptId}, ${token}, ${as}, ${then}, ${fileNo}) as answer`,
  );
  return ended.parse(row?.answer).ok;
}

/** Leaves the filing to a person, the attempt as it is. */
export async function stickFiling(
  { attemptId, token }: Lease,
  code: string,
  fileNo: number | null,
): Promise<void> {
  await guarded(workerSql()`select cybertip.stick_filing(${attemptId}, ${token}, ${code}, ${fileNo})`);
}

function interval(ms: number): string {
  return `${ms} milliseconds`;
}
