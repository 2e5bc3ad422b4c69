import type { FiledByHandRequest, ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Records that somebody filed the export of an approved report with NCMEC, and the number they were given. The year of
 * preservation runs from then.
 *
 * @throws Refusal `cybertip-not-approved`, `not-exported`, `number-taken`, `bad-time`, `filing-under-way`, recorded
 */
export async function recordFiledByHand(
  actor: Actor,
  reportId: string,
  { ncmecReportId, filedAt }: FiledByHandRequest,
): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(
    actor,
    "cybertip.file_by_hand",
    reportId,
    ncmecReportId,
    filedAt,
  );
  return { state, revision };
}
