import {
  type ReviewsState,
  reviewDetail,
  reviewsPage,
  type VerdictRequest,
  verdictResult,
} from "../../contracts/reviews.ts";
import { request } from "../api/request.ts";

/** The HTTP API of reviews as the page uses it: one function an endpoint. */
type Asked = { background?: boolean; signal?: AbortSignal };

export function fetchReviews(state: ReviewsState, cursor: string | null, asked: Asked = {}) {
  const query = new URLSearchParams({ state });
  if (cursor) query.set("cursor", cursor);
  return request(`/api/reviews?${query}`, { answer: reviewsPage, ...asked });
}

export const fetchReview = (reviewId: string, asked: Asked = {}) =>
  request(`/api/reviews/${reviewId}`, { answer: reviewDetail, ...asked });

export const giveVerdict = (reviewId: string, body: VerdictRequest) =>
  request(`/api/reviews/${reviewId}/verdict`, { method: "POST", body, answer: verdictResult });

/** Keys of the query cache, which holds metadata only. */
export const reviewKeys = {
  all: ["reviews"] as const,
  list: (state: ReviewsState) => ["reviews", "list", state] as const,
  one: (reviewId: string) => ["reviews", "one", reviewId] as const,
};
