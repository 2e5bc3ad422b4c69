import type { VerdictRequest, VerdictResult } from "../../contracts/reviews.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Gives the verdict on an act, once. Questionable and misuse raise a signal.
 *
 * @throws Refusal `already-reviewed`, `note-without-substance`, `not-found`, recorded
 */
export async function giveVerdict(
  actor: Actor,
  reviewId: string,
  { verdict, note }: VerdictRequest,
): Promise<VerdictResult> {
  const { signalId } = await call<VerdictResult>(actor, "access.give_verdict", reviewId, verdict, note);
  return { signalId };
}
