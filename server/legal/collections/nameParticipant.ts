import type { Decided, NameParticipantRequest } from "../../../contracts/legal/collections.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Names a third party, in every thread of the collection: the packet then says account, handle and name, and views that are
 * opened from now on show them.
 *
 * @throws Refusal `reason-without-substance`, `already-named`, `collection-handed-in`, `not-found`; recorded
 */
export async function nameParticipant(
  actor: Actor,
  collectionId: string,
  { threadId, participantId, reason }: NameParticipantRequest,
): Promise<Decided> {
  const { decisionId } = await call<Decided>(
    actor,
    "legal.name_participant",
    collectionId,
    threadId,
    participantId,
    reason,
  );
  return { decisionId };
}
