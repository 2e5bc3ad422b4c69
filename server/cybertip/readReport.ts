import type { ReportDetail } from "../../contracts/cybertip.ts";
import { nextStepOf } from "../../domain/cybertip/nextStepOf.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Everything about a report but what it says: who wrote and approved it, its files and who viewed them, what was sent.
 *
 * @throws Refusal `not-found`, `wrong-role`, recorded
 */
export async function readReport(actor: Actor, reportId: string): Promise<ReportDetail> {
  const { report } = await call<{ report: ReportDetail }>(actor, "cybertip.read_report", reportId);
  return { ...report, nextStep: nextStepOf(report) };
}
