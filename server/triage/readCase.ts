import type { CaseDetail } from "../../contracts/triage.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** The workspace of a case: all that may be known before anything is opened. @throws Refusal */
export async function readCase(actor: Actor, caseId: string): Promise<CaseDetail> {
  const { ok: _, ...detail } = await call<CaseDetail & { ok: true }>(actor, "triage.case_detail", caseId);
  return detail;
}
