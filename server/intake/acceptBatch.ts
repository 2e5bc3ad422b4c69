import { z } from "zod";
import { type Receipt, receipt } from "../../contracts/intake.ts";
import type { Problem } from "../../contracts/problem.ts";
import { DatabaseFailure } from "../../db/failure.ts";
import { log } from "../log/logger.ts";
import { askDatabase } from "./askDatabase.ts";
import { intakeCode, refused } from "./enter.ts";
import { IntakeRefusal, intakeProblem } from "./intakeProblem.ts";
import type { PlatformActor } from "./platformActor.ts";
import type { PreparedFlag } from "./prepareFlag.ts";

/** What became of one flag. */
export type Outcome =
  | { readonly receipt: Receipt; readonly replayed: boolean }
  | { readonly problem: Problem };

const answer = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    results: z.array(
      z.object({
        code: z.string().nullable(),
        pointer: z.string().nullable(),
        receipt: receipt.nullable(),
        replayed: z.boolean(),
      }),
    ),
  }),
  refused,
]);

/**
 * Stores a batch of prepared flags in one transaction. One flag that the database cannot take does not cost the others
 * their place: the batch is then halved until it stands alone.
 *
 * @returns one outcome a flag, in their order
 * @throws IntakeRefusal when the key may not come in any more, or when the database is away
 */
export async function acceptBatch(actor: PlatformActor, batch: readonly PreparedFlag[]): Promise<Outcome[]> {
  if (batch.length === 0) return [];
  try {
    const told = answer.parse(await askDatabase(actor, "accept_flags", ...partsOf(batch)));
    if (!told.ok) throw new IntakeRefusal(intakeCode(told.code));
    return told.results.map(outcomeOf);
  } catch (error) {
    if (!(error instanceof DatabaseFailure)) throw error;
    log.error("intake.batch_failed", { count: batch.length, error });
    if (batch.length === 1) return [{ problem: intakeProblem("failure") }];
    const half = Math.ceil(batch.length / 2);
    return [
      ...(await acceptBatch(actor, batch.slice(0, half))),
      ...(await acceptBatch(actor, batch.slice(half))),
    ];
  }
}

/** The parts of a batch, each as one JSON text: what a function of the database can read without copying the whole. */
function partsOf(batch: readonly PreparedFlag[]): string[] {
  return [
    JSON.stringify(batch.map((one) => one.flag)),
    JSON.stringify(batch.flatMap((one) => one.participants)),
    JSON.stringify(batch.flatMap((one) => one.messages)),
    JSON.stringify(batch.flatMap((one) => one.attachments)),
  ];
}

function outcomeOf(result: {
  code: string | null;
  pointer: string | null;
  receipt: Receipt | null;
  replayed: boolean;
}): Outcome {
  if (result.receipt !== null) return { receipt: result.receipt, replayed: result.replayed };
  const errors =
    result.pointer === null
      ? undefined
      : [{ pointer: result.pointer, message: "Differs from the first delivery." }];
  return { problem: intakeProblem(intakeCode(result.code ?? "failure"), errors) };
}
