import type { z } from "zod";
import type { Decided, setAsideRequest } from "../../../contracts/legal/collections.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Sets a message aside, or a whole thread: it is not produced, and the packet says that something was withheld, and why.
 *
 * @throws Refusal `reason-without-substance`, `already-set-aside`, `collection-handed-in`, `not-found` for what was not
 *   collected; recorded
 */
export async function setAside(
  actor: Actor,
  collectionId: string,
  ask: z.output<typeof setAsideRequest>,
): Promise<Decided> {
  const { decisionId } = await call<Decided>(actor, "legal.set_aside", collectionId, ask);
  return { decisionId };
}
