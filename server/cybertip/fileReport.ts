import type { FileRequest, ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Asks for an approved report to be filed live. Asked twice, it is filed once.
 *
 * @param ask.notFiledByHand said by whoever files what was exported to be filed by hand
 * @throws Refusal `export-outstanding` when that is not said, `cybertip-not-approved`, `filing-not-live`, `already-filed`, `wrong-role`, `not-found`, recorded
 */
export async function fileReport(
  actor: Actor,
  reportId: string,
  { notFiledByHand }: FileRequest,
): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(
    actor,
    "cybertip.file_report",
    reportId,
    notFiledByHand,
  );
  return { state, revision };
}
