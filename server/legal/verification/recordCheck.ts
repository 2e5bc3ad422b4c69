import type { CheckRecorded, CheckRequest } from "../../../contracts/legal/verification.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { readVerification } from "./readVerification.ts";

/**
 * Records what somebody did to find out whether the requester is who they say, and what came of it. A check of the domain also
 * keeps what the address told at that moment.
 *
 * @throws Refusal `number-from-request`, `number-not-confirmed`, `second-person-needed`, `domain-not-in-directory` and the like,
 *   recorded
 */
export async function recordCheck(
  actor: Actor,
  requestId: string,
  check: CheckRequest,
): Promise<CheckRecorded> {
  const findings =
    check.kind === "domain" ? (await readVerification(actor, requestId)).domain.findings : undefined;
  const { checkId, missing, refusal } = await call<CheckRecorded>(actor, "legal.record_check", requestId, {
    ...check,
    ...(findings ? { findings } : {}),
  });
  return { checkId, missing, refusal };
}
