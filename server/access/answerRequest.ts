import type { RequestChange } from "../../contracts/access.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { changeOf } from "./changeOf.ts";

/**
 * One approver's answer. Nobody answers their own request, or twice, or without the role, queue, region and clearance.
 *
 * @param note shown to whoever asked
 * @throws Refusal
 */
export async function answerRequest(
  actor: Actor,
  requestId: string,
  answer: "approved" | "denied",
  note: string | null,
): Promise<RequestChange> {
  return changeOf(await call<RequestChange>(actor, "access.answer_request", requestId, answer, note));
}
