import type { DecisionPage, DecisionsQuery } from "../../../contracts/legal/collections.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * What the review of a collection decided, newest first, with what was taken back; no word of what it is about.
 *
 * @throws Refusal `wrong-role`, `not-found`, recorded
 */
export async function listDecisions(
  actor: Actor,
  collectionId: string,
  { cursor, limit }: DecisionsQuery,
): Promise<DecisionPage> {
  const { decisions, standing, nextCursor } = await call<DecisionPage>(
    actor,
    "legal.list_decisions",
    collectionId,
    cursor === undefined ? null : Number(cursor),
    limit,
  );
  return { decisions, standing, nextCursor };
}
