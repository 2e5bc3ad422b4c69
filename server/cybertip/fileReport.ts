import type { ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Asks for an approved report to be filed live. Asked twice, it is filed once.
 *
 * @throws Refusal `cybertip-not-approved`, `filing-not-live`, `already-filed`, `wrong-role`, `not-found`, recorded
 */
export async function fileReport(actor: Actor, reportId: string): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(actor, "cybertip.file_report", reportId);
  return { state, revision };
}
