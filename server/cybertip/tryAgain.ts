import type { ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Goes on with a filing that stands still, or does at once what waits. It never files what may be filed already: the service is asked first.
 *
 * @throws Refusal `not-stuck`, `already-filed`, `filing-not-live`, `environment-changed`, `wrong-role`, `not-found`, recorded
 */
export async function tryAgain(actor: Actor, reportId: string): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(actor, "cybertip.try_again", reportId);
  return { state, revision };
}
