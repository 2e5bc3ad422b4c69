import type { ReportMoved, WithdrawRequest } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Gives a report up that is not filed. The thread stays restricted.
 *
 * @throws Refusal `reason-without-substance`, `already-filed`, `filing-under-way`, `filing-in-doubt`, recorded
 */
export async function withdrawReport(
  actor: Actor,
  reportId: string,
  { reason }: WithdrawRequest,
): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(actor, "cybertip.withdraw", reportId, reason);
  return { state, revision };
}
