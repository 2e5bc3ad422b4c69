import type { StartReportRequest, StartReportResult } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Starts a report from a case. From here on its thread is restricted to those cleared for child safety: its cases leave
 * everybody else's lists, and what others hold on them ends.
 *
 * @throws Refusal `report-exists`, `already-filed` (a supplement is what adds to it), `nothing-to-supplement`,
 *   `staff-flag-only`, `wrong-role`, `not-found`, recorded
 */
export async function startReport(
  actor: Actor,
  caseId: string,
  ask: StartReportRequest,
): Promise<StartReportResult> {
  const { reportId, number } = await call<StartReportResult>(actor, "cybertip.start_report", caseId, ask);
  return { reportId, number };
}
