import type { ReviewDetail } from "../../contracts/reviews.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * One act to review, with what is known of its case and no content. That it was looked at is in the log.
 *
 * @throws Refusal `not-found`, also for one's own act and for what one approved, recorded
 */
export async function readReview(actor: Actor, reviewId: string): Promise<{ review: ReviewDetail }> {
  const { review } = await call<{ review: ReviewDetail }>(actor, "access.read_review", reviewId);
  return { review };
}
