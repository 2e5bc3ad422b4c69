import type { GagReviewed, ReviewGagRequest } from "../../../contracts/legal/notices.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Records that the order not to tell was looked at again. It ends early only when two counsel say so, one after the other.
 *
 * @throws Refusal `no-gag`, `own-request`, `reason-without-substance`, recorded
 */
export async function reviewGag(
  actor: Actor,
  requestId: string,
  { outcome, reason }: ReviewGagRequest,
): Promise<GagReviewed> {
  const { ended } = await call<GagReviewed>(actor, "legal.review_gag", requestId, outcome, reason);
  return { ended };
}
