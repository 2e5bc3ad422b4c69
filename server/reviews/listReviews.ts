import type { ReviewsPage, ReviewsQuery } from "../../contracts/reviews.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { readCursor } from "../triage/cursor.ts";

/**
 * Acts to review, as far as they are this officer's to review: none of their own, and none they approved.
 *
 * @throws Refusal `wrong-role` for everybody but compliance officers, recorded; BadRequest `bad-cursor`
 */
export async function listReviews(
  actor: Actor,
  { state, cursor, limit }: ReviewsQuery,
): Promise<ReviewsPage> {
  const { reviews, nextCursor, counts } = await call<ReviewsPage>(
    actor,
    "access.list_reviews",
    state,
    readCursor(cursor, "due"),
    limit,
  );
  return { reviews, nextCursor, counts };
}
