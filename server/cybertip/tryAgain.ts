import type { FileRequest, ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Goes on with a filing that stands still, or does at once what waits. It never files what may be filed already: the service is asked first.
 *
 * @param ask.notFiledByHand said by whoever files what was exported to be filed by hand
 * @throws Refusal `export-outstanding` when that is not said, `not-stuck`, `already-filed`, `filing-not-live`, `environment-changed`, `wrong-role`, `not-found`, recorded
 */
export async function tryAgain(
  actor: Actor,
  reportId: string,
  { notFiledByHand }: FileRequest,
): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(actor, "cybertip.try_again", reportId, notFiledByHand);
  return { state, revision };
}
