import type { ApproveRequest, ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Approves a report as it was read: revision and digest. Never by anybody who handed it in or wrote any of it.
 *
 * @throws Refusal `own-report`, `not-read`, `draft-changed`, `not-waiting`, recorded
 */
export async function approveReport(
  actor: Actor,
  reportId: string,
  { revision, digest }: ApproveRequest,
): Promise<ReportMoved> {
  const moved = await call<ReportMoved>(actor, "cybertip.approve", reportId, revision, digest);
  return { state: moved.state, revision: moved.revision };
}
