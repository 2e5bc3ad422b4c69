import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Gives a claimed case back to its queue; open views on it end. @throws Refusal */
export async function releaseCase(actor: Actor, caseId: string): Promise<void> {
  await call(actor, "triage.release_case", caseId);
}
