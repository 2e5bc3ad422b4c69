import type { HandInRequest, ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Hands in the newest revision of a report, for somebody else to approve.
 *
 * @throws Refusal `draft-changed`, `draft-has-errors`, `report-not-draft`, `filing-under-way`, recorded
 */
export async function handInReport(
  actor: Actor,
  reportId: string,
  { revision }: HandInRequest,
): Promise<ReportMoved> {
  const { state, revision: now } = await call<ReportMoved>(actor, "cybertip.hand_in", reportId, revision);
  return { state, revision: now };
}
