import type { DestructionRequest, ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Asks for the destruction of a filed report's thread, at the request of law enforcement. Somebody else confirms.
 *
 * @throws Refusal `wrong-role`, `not-filed`, `already-asked`, `report-open`, `held-for-law-enforcement`, recorded
 */
export async function askDestruction(
  actor: Actor,
  reportId: string,
  { reference, reason }: DestructionRequest,
): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(
    actor,
    "cybertip.ask_destruction",
    reportId,
    reference,
    reason,
  );
  return { state, revision };
}
