import type { z } from "zod";
import type { RaiseFlagResult, raiseFlagRequest } from "../../contracts/triage.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Files a flag of the actor's own on a case's thread. It raises the case's priority and opens nothing: windows are drawn
 * around what platforms flagged.
 *
 * @throws Refusal
 */
export async function raiseFlag(
  actor: Actor,
  caseId: string,
  flag: z.output<typeof raiseFlagRequest>,
): Promise<RaiseFlagResult> {
  const { flagId, caseId: joined } = await call<RaiseFlagResult>(
    actor,
    "triage.raise_flag",
    caseId,
    flag.category,
    flag.severity,
    flag.reason,
  );
  return { flagId, caseId: joined };
}
