import type { ReportMoved } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Confirms a destruction that somebody else asked for, and does it: keys and ciphertext of the thread are deleted, its holds
 * released, and the proof kept.
 *
 * @throws Refusal `own-request`, `no-destruction`, `report-open`, `held-for-law-enforcement`, recorded
 */
export async function destroyThread(actor: Actor, reportId: string): Promise<ReportMoved> {
  const { state, revision } = await call<ReportMoved>(actor, "cybertip.destroy_thread", reportId);
  return { state, revision };
}
