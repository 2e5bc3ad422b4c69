import type { ReportMoved, SendBackRequest } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Puts a report that waits, is approved or is stuck back to draft, and says why.
 *
 * @throws Refusal `not-waiting`, `note-without-substance`, `filing-under-way`, recorded
 */
export async function sendBackReport(
  actor: Actor,
  reportId: string,
  { note }: SendBackRequest,
): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(actor, "cybertip.send_back", reportId, note);
  return { state, revision };
}
