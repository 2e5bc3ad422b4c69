import type { Decided, TakeBackRequest } from "../../../contracts/legal/collections.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Takes a decision of a review back, with a reason: both stay on record.
 *
 * @returns the decision that took it back
 * @throws Refusal `already-taken-back`, `reason-without-substance`, `collection-handed-in`, `not-found`; recorded
 */
export async function takeBack(
  actor: Actor,
  collectionId: string,
  { decisionId, reason }: TakeBackRequest,
): Promise<Decided> {
  const made = await call<Decided>(actor, "legal.take_back", collectionId, decisionId, reason);
  return { decisionId: made.decisionId };
}
