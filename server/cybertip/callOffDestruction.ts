import type { ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Calls off a destruction that was asked for. Counsel's to do. @throws Refusal `no-destruction`, recorded */
export async function callOffDestruction(actor: Actor, reportId: string): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(actor, "cybertip.call_off_destruction", reportId);
  return { state, revision };
}
