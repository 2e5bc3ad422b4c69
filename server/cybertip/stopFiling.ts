import type { ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Asks for a filing to be stopped. What is open at the service is retracted; when it was too late, the report is filed after all.
 *
 * @throws Refusal `not-filing`, `already-filed`, `wrong-role`, `not-found`, recorded
 */
export async function stopFiling(actor: Actor, reportId: string): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(actor, "cybertip.stop_filing", reportId);
  return { state, revision };
}
