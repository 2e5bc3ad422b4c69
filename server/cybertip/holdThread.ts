import type { HoldRequest, ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Keeps a filed report's thread longer than the year that the filing brings. Counsel's to do; never taken back.
 *
 * @throws Refusal `wrong-role`, `not-filed`, `already-past`, `too-far-ahead`, `needs-reference`, recorded
 */
export async function holdThread(actor: Actor, reportId: string, hold: HoldRequest): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(actor, "cybertip.extend_hold", reportId, hold);
  return { state, revision };
}
