import { guarded } from "../../db/connect.ts";
import { workerSql } from "../../db/worker-client.ts";
import type { Answer } from "../actor.ts";
import { type Filing, NotAssembled } from "../cybertip/filing/Filing.ts";
import { Refusal } from "../refusal.ts";
import { readFiling } from "./readFiling.ts";

/** Refusals that trying again does not change: somebody must act. */
const LASTING: ReadonlySet<string> = new Set(["sealed-damaged", "reporter-unknown"]);

/**
 * Puts the report together that an attempt is about: commits that its content is read and what for, then reads it.
 *
 * @param lease of the attempt, held by this process
 * @returns what is sent to NCMEC; attachments and messages are read when their files are opened
 * @throws NotAssembled when what was approved does not open, or the settings name no reporter; Refusal when the attempt is
 *   not this process's any more; DatabaseFailure, also when the reading cannot be recorded
 */
export async function openFiling(lease: {
  readonly attemptId: string;
  readonly token: string;
}): Promise<Filing> {
  const [row] = await guarded(
    workerSql()<{ answer: Answer<{ readingId: string }> }[]>`
      select cybertip.open_submission(${lease.attemptId}::uuid, ${lease.token}::uuid) as answer`,
  );
  if (!row) throw new Refusal("not-found");
  if (!row.answer.ok) throw new Refusal(row.answer.code, { recorded: true });
  const { readingId } = row.answer;
  try {
    return await readFiling({ worker: true, lease: lease.token }, readingId);
  } catch (error) {
    throw error instanceof Refusal && LASTING.has(error.code) ? new NotAssembled(null) : error;
  }
}
